// Progressive enhancement: everything on the site also works without this file.

// Move the focus to what a form was answered with: errors, help, or the answer of the finder.
document.querySelector("#error-summary, #act-now, #finder-answer")?.focus();

// A menu whose last link was left by keyboard must not hide what comes next.
document.querySelector("#menu")?.addEventListener("focusout", ({ currentTarget, relatedTarget }) => {
  if (relatedTarget && !currentTarget.contains(relatedTarget) && currentTarget.matches(":popover-open")) currentTarget.hidePopover();
});

// Browsers from before 2024 know no popovers.
if (!("popover" in HTMLElement.prototype)) import("./older-browsers.js");

// Prevent a double click from submitting a form twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.dataset.inPlace) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  // Whoever stopped the browser meanwhile can send again.
  setTimeout(() => delete form.dataset.sent, 8000);
});
// The browser's Back button can restore a page from memory; its forms must work again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Photos are collected one after the other, with previews, and made smaller before they are sent.
if (document.querySelector("#id_photos")) import("./photos.js");

// A form that can be refused is sent from within the page, so that Back works and chosen photos stay chosen.
if (document.querySelector("form[data-in-place]")) import("./in-place.js");

// Copy a code, where the browser lets a page do that.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied;
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// Open every answer, so that it is printed.
addEventListener("beforeprint", () => {
  for (const question of document.querySelectorAll("details.question")) question.open = true;
});

// Two photos lie on top of each other with a movable edge. The slider is a range input, so it also works with the keyboard.
for (const pair of document.querySelectorAll("[data-compare]")) {
  const range = pair.querySelector(".before-after-control input");
  const moveEdge = () => pair.style.setProperty("--cut", `${range.value}%`);
  range.addEventListener("input", moveEdge);
  moveEdge();
}

if (document.querySelector("[data-lamp]")) import("./lamp.js");

// Load the module for suggestions only when a reader moves the focus to the search field.
const searchField = document.querySelector("[data-suggest]");
searchField?.addEventListener("focus", () => import("./suggest.js").then(({ suggest }) => suggest(searchField)), { once: true });
