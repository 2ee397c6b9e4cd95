// Renews the session while somebody is active anywhere in the admin, in any of its tabs. The server ends it without this file too.
// After 15 idle minutes a page with patients' words is left, after a warning. What was typed there stays, hidden, to be saved after a proof.
// An editor stays on the screen as it is.
const IDLE_MS = 15 * 60000;
const WARN_MS = 14 * 60000;
const RENEW_MS = 60000;
const KEY = "admin-last-activity";
let lastActivity = Date.now();
let lastRenewal = Date.now();

function sharedActivity() {
  try {
    return Math.max(lastActivity, Number(localStorage.getItem(KEY)) || 0);
  } catch {
    return lastActivity;
  }
}

function noteActivity() {
  lastActivity = Date.now();
  try {
    localStorage.setItem(KEY, String(lastActivity));
  } catch {
    // Without storage, each tab counts for itself.
  }
}

for (const type of ["keydown", "pointerdown", "pointermove", "scroll"]) addEventListener(type, noteActivity, { passive: true });
noteActivity();

const isPrivate = location.pathname.startsWith("/admin/consultations/");
const leavePath = "/admin/account/idle/?next=" + encodeURIComponent(location.pathname);
let held = false;

function typedForm() {
  return [...document.querySelectorAll("form[method=post]")].find((form) =>
    [...form.querySelectorAll("textarea, input[type=text]")].some((field) => field.value.trim() && field.value !== field.defaultValue),
  );
}

function copyOf(name) {
  return document.querySelector(`template[data-idle="${name}"]`)?.content.cloneNode(true);
}

// Leave nothing of the page but the form, with its fields out of sight.
function hold(form) {
  held = true;
  const notice = copyOf("held");
  for (const part of form.children) part.hidden = part.type !== "submit";
  document.body.replaceChildren(notice, form);
  document.title = document.querySelector("h1").textContent;
  form.querySelector("[type=submit]").focus();
}

function leave() {
  const form = typedForm();
  if (form && copyOf("held")) hold(form);
  else location.replace(leavePath);
}

function warn(idleMs) {
  const shown = document.querySelector(".idle-warning");
  if (idleMs < WARN_MS) shown?.remove();
  else if (!shown && copyOf("warning")) document.body.prepend(copyOf("warning"));
}

setInterval(() => {
  const now = Date.now();
  const idleMs = now - sharedActivity();
  if (isPrivate && !held) warn(idleMs);
  if (idleMs >= IDLE_MS) {
    if (isPrivate && !held) leave();
  } else if (now - lastRenewal >= RENEW_MS && lastActivity > lastRenewal) {
    lastRenewal = now;
    fetch("/admin/account/alive/", { redirect: "manual" });
  }
}, 10000);
