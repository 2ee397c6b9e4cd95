// Renews the session while somebody is active anywhere in the admin, in any of its tabs. The server ends it without this file too.
// After 15 idle minutes a page with patients' words is left. An editor stays on the screen, so that what was typed is not lost.
const IDLE_MS = 15 * 60000;
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

setInterval(() => {
  const now = Date.now();
  if (now - sharedActivity() >= IDLE_MS) {
    if (location.pathname.startsWith("/admin/consultations/")) {
      location.replace("/admin/account/idle/?next=" + encodeURIComponent(location.pathname));
    }
  } else if (now - lastRenewal >= RENEW_MS && lastActivity > lastRenewal) {
    lastRenewal = now;
    fetch("/admin/account/alive/", { redirect: "manual" });
  }
}, 10000);
