// Keyboard use of the inbox, and its end when nobody is there. Every journey works without this file.
const inInbox = location.pathname.startsWith("/admin/consultations/");
const IDLE_MINUTES = 15;

function isTyping(event) {
  return event.target.closest("input, textarea, select, [contenteditable]") || event.ctrlKey || event.metaKey || event.altKey;
}

function moveThroughList(step) {
  const links = [...document.querySelectorAll("[data-inbox-row]")];
  const at = links.indexOf(document.activeElement);
  links[Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
}

if (inInbox) {
  addEventListener("keydown", (event) => {
    if (isTyping(event)) return;
    const search = document.querySelector("[data-inbox-search]");
    if (event.key === "/" && search) {
      event.preventDefault();
      search.focus();
    }
    if (event.key === "j") moveThroughList(1);
    if (event.key === "k") moveThroughList(-1);
    if (event.key === "u") document.querySelector("[data-inbox-back]")?.click();
  });

  const all = document.querySelector("[data-inbox-all]");
  if (all) {
    all.hidden = false;
    all.addEventListener("change", () => {
      for (const box of document.querySelectorAll("[name=id]")) box.checked = all.checked;
    });
  }

  document.querySelector("[data-inbox-print]")?.addEventListener("click", () => print());

  // While somebody is at work the session stays; after a quarter of an hour alone the page goes away with what is on it.
  let lastSign = Date.now();
  let lastTold = Date.now();
  for (const kind of ["keydown", "pointerdown", "pointermove", "scroll"]) {
    addEventListener(kind, () => { lastSign = Date.now(); }, { passive: true });
  }
  setInterval(() => {
    const minutes = (since) => (Date.now() - since) / 60000;
    if (minutes(lastSign) >= IDLE_MINUTES) location.replace("/admin/consultations/");
    else if (minutes(lastTold) >= 4 && lastSign > lastTold) {
      lastTold = Date.now();
      fetch("/admin/consultations/alive/", { redirect: "manual" });
    }
  }, 15000);
}
