// Forms with data-in-place are sent in the background. What they are refused with is shown in the same page: a page that answers a POST
// is no place that Back could return to. An accepted form leads to the address in data-in-place.

const PHOTOS = "#id_photos";

function showStatus(form, text) {
  let status = form.querySelector(".form-status");
  if (!status) {
    status = document.createElement("p");
    status.className = "form-status";
    status.setAttribute("role", "status");
    form.querySelector("button[type=submit]").parentElement.before(status);
  }
  status.textContent = text;
}

function showAnswer(html, photos) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  const main = answer.querySelector("#main");
  const field = main.querySelector(PHOTOS);
  // A file input cannot be filled by a page, so the one with the chosen files moves over.
  if (field && photos?.files.length) {
    field.replaceWith(photos);
    for (const note of main.querySelectorAll("[data-photos-again]")) note.remove();
  }
  if (main.querySelector("form[data-guard]")) changed.add(main.querySelector("form[data-guard]"));
  document.title = answer.title;
  document.querySelector("#main").replaceWith(main);
  if (photos?.isConnected) photos.dispatchEvent(new Event("change", { bubbles: true }));
  const first = document.querySelector("#error-summary, #act-now, #finder-answer, .has-error :is(input, textarea)");
  if (first) first.focus();
  else scrollTo(0, 0);
}

// Forms in which somebody wrote something that is not sent yet.
const changed = new Set();
document.addEventListener("input", ({ target }) => {
  if (target.form?.dataset.guard) changed.add(target.form);
});
addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form.isConnected)) event.preventDefault();
});

// A token that grew too old, for instance because the page was open for days: take the fresh one that came back, and send once more.
function tookFreshToken(form, html) {
  const stale = new DOMParser().parseFromString(html, "text/html").querySelector("form[data-stale] [name=csrfmiddlewaretoken]");
  if (!stale || form.dataset.fresh) return false;
  form.dataset.fresh = "yes";
  form.querySelector("[name=csrfmiddlewaretoken]").value = stale.value;
  return true;
}

async function send(form, submitter) {
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  form.dataset.sent = "yes";
  showStatus(form, form.dataset.sending);
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, redirect: "manual", credentials: "same-origin" });
    if (answer.type === "opaqueredirect") {
      // Going back to the page must neither show what was sent nor send it again.
      form.reset();
      changed.delete(form);
      location.assign(form.dataset.inPlace);
    }
    else if (answer.status === 413) {
      delete form.dataset.sent;
      showStatus(form, form.dataset.tooLarge);
    }
    else if (answer.headers.get("Content-Type")?.startsWith("text/html")) {
      const html = await answer.text();
      if (answer.status === 403 && tookFreshToken(form, html)) await send(form, submitter);
      else showAnswer(html, form.querySelector(PHOTOS));
    }
    else throw new Error(answer.status);
  } catch {
    delete form.dataset.sent;
    showStatus(form, form.dataset.failed);
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.inPlace) return;
  event.preventDefault();
  if (!form.dataset.sent) send(form, event.submitter);
});
