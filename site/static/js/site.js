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

// Paper shows every answer.
addEventListener("beforeprint", () => {
  for (const question of document.querySelectorAll("details.question")) question.open = true;
});
