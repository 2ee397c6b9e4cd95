// Menu and glossary in browsers without popovers: a button opens what it names, and Escape or a press elsewhere closes it.
const open = (element, isOpen) => {
  element.classList.toggle("is-open", isOpen);
  for (const button of document.querySelectorAll(`[popovertarget="${element.id}"]`)) button.setAttribute("aria-expanded", isOpen);
};
const closeAll = (except) => {
  for (const element of document.querySelectorAll("[popover].is-open")) if (element !== except) open(element, false);
};

document.documentElement.classList.add("without-popovers");
for (const element of document.querySelectorAll("[popover]")) open(element, false);
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[popovertarget]");
  const element = button ? document.getElementById(button.getAttribute("popovertarget")) : target.closest("[popover]");
  closeAll(element);
  if (button) open(element, button.getAttribute("popovertargetaction") !== "hide" && !element.classList.contains("is-open"));
});
document.addEventListener("keydown", ({ key }) => {
  const element = document.querySelector("[popover].is-open");
  if (key !== "Escape" || !element) return;
  closeAll();
  document.querySelector(`[popovertarget="${element.id}"]:not([popovertargetaction])`)?.focus();
});
