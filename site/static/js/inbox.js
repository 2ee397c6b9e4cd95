// Keyboard shortcuts and the idle timeout of the inbox. The inbox works without this file.
const inInbox = location.pathname.startsWith("/admin/consultations/");
const IDLE_MINUTES = 15;

function isTyping(event) {
  return event.target.closest("input, textarea, select, [contenteditable]") || event.ctrlKey || event.metaKey || event.altKey;
}

function moveThroughList(step) {
  const links = [...document.querySelectorAll("[data-inbox-row]")];
  const current = links.indexOf(document.activeElement);
  links[Math.min(Math.max(current + step, 0), links.length - 1)]?.focus();
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

  const selectAll = document.querySelector("[data-inbox-all]");
  if (selectAll) {
    selectAll.hidden = false;
    selectAll.addEventListener("change", () => {
      for (const checkbox of document.querySelectorAll("[name=id]")) checkbox.checked = selectAll.checked;
    });
  }

  document.querySelector("[data-inbox-print]")?.addEventListener("click", () => print());

  // Renew the session while the user is active. After 15 idle minutes leave the page, because it shows patients' words.
  let lastActivity = Date.now();
  let lastRenewal = Date.now();
  for (const type of ["keydown", "pointerdown", "pointermove", "scroll"]) {
    addEventListener(type, () => { lastActivity = Date.now(); }, { passive: true });
  }
  setInterval(() => {
    const minutes = (since) => (Date.now() - since) / 60000;
    if (minutes(lastActivity) >= IDLE_MINUTES) location.replace("/admin/consultations/");
    else if (minutes(lastRenewal) >= 4 && lastActivity > lastRenewal) {
      lastRenewal = Date.now();
      fetch("/admin/consultations/alive/", { redirect: "manual" });
    }
  }, 15000);
}
