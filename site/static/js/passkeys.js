// Says in words what keeps a passkey from working, which would otherwise stand in the browser's console only.
{
  const words = document.currentScript.dataset;
  const BUTTONS = "#passkey_login, #mfa_webauthn_add, #mfa_webauthn_authenticate, #mfa_webauthn_reauthenticate";

  function say(text, address) {
    const button = document.querySelector(BUTTONS) ?? document.querySelector("main button");
    let note = document.querySelector(".passkey-note");
    if (!note) {
      note = document.createElement("p");
      note.className = "passkey-note";
      note.setAttribute("role", "alert");
      button.after(note);
    }
    note.textContent = text;
    if (!address) return;
    const link = document.createElement("a");
    link.href = link.textContent = address;
    note.append(" ", link);
  }

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    // Browsers bind a passkey to a name, never to a bare number.
    const isNumber = /^[\d.]+$|^\[/.test(location.hostname);
    const { name } = event.detail.exception;
    if (isNumber) say(words.number, `${location.protocol}//localhost${location.port && `:${location.port}`}${location.pathname}`);
    else if (name === "NotAllowedError") say(words.cancelled);
    else if (name === "InvalidStateError") say(words.known);
    else say(words.failed);
  });
}
