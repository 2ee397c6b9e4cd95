// Enhancements only: every journey works without this file.

// After a form came back with problems, start where they are listed.
document.querySelector("#error-summary, #act-now")?.focus();

// A double click sends one request.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Chosen photos can be looked at before they are sent. HEIC shows its name only where the browser cannot draw it.
document.querySelector("#id_photos")?.addEventListener("change", ({ target }) => {
  target.parentElement.querySelector(".photo-previews")?.remove();
  const list = document.createElement("ul");
  list.className = "photo-previews";
  for (const file of [...target.files].slice(0, 3)) {
    const figure = document.createElement("figure");
    const image = new Image();
    image.alt = "";
    image.src = URL.createObjectURL(file);
    image.onload = () => URL.revokeObjectURL(image.src);
    image.onerror = () => image.remove();
    const name = document.createElement("figcaption");
    name.textContent = file.name;
    figure.append(image, name);
    const item = document.createElement("li");
    item.append(figure);
    list.append(item);
  }
  target.after(list);
});

// Paper shows every answer.
addEventListener("beforeprint", () => {
  for (const question of document.querySelectorAll("details.question")) question.open = true;
});

// Two pictures become one with a movable edge. The slider is a plain range field, so the keyboard works it too.
for (const pair of document.querySelectorAll("[data-compare]")) {
  const range = pair.querySelector(".before-after-control input");
  const cut = () => pair.style.setProperty("--cut", `${range.value}%`);
  range.addEventListener("input", cut);
  cut();
}

// Suggestions while one types come from a module of their own, once somebody goes to the field.
const searchField = document.querySelector("[data-suggest]");
searchField?.addEventListener("focus", () => import("./suggest.js").then(({ suggest }) => suggest(searchField)), { once: true });
