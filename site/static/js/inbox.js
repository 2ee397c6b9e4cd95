// Keyboard shortcuts of the inbox. The inbox works without this file.
const inInbox = location.pathname.startsWith("/admin/consultations/");

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
}
