// Passkeys: asks the browser for one where a form says so, and sends what it answers with that form.
"use strict";
(() => {
  const form = document.querySelector("form[data-passkey]");
  if (!form) return;
  const bytes = text => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), letter => letter.charCodeAt(0));
  const text = buffer => btoa(Array.from(new Uint8Array(buffer), byte => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const show = name => {
    for (const note of form.querySelectorAll("[data-passkey-none], [data-passkey-failed]"))
      note.hidden = !note.hasAttribute(name);
  };
  const isNew = form.dataset.passkey === "create";
  const named = list => (list ?? []).map(one => ({ ...one, id: bytes(one.id) }));
  const asked = () => {
    const options = JSON.parse(form.dataset.options);
    options.challenge = bytes(options.challenge);
    if (isNew) {
      options.user.id = bytes(options.user.id);
      options.excludeCredentials = named(options.excludeCredentials);
    } else options.allowCredentials = named(options.allowCredentials);
    return options;
  };
  const told = key => {
    const { response } = key;
    const answer = { clientDataJSON: text(response.clientDataJSON) };
    if (isNew) {
      answer.attestationObject = text(response.attestationObject);
      answer.transports = response.getTransports?.() ?? [];
    } else {
      answer.authenticatorData = text(response.authenticatorData);
      answer.signature = text(response.signature);
      if (response.userHandle) answer.userHandle = text(response.userHandle);
    }
    return JSON.stringify({
      id: key.id,
      rawId: text(key.rawId),
      type: key.type,
      authenticatorAttachment: key.authenticatorAttachment ?? undefined,
      clientExtensionResults: key.getClientExtensionResults(),
      response: answer,
    });
  };
  let isAsking = false;
  const ask = async isQuiet => {
    if (isAsking) return;
    if (!window.PublicKeyCredential || !navigator.credentials) { show("data-passkey-none"); return; }
    isAsking = true;
    try {
      const key = isNew
        ? await navigator.credentials.create({ publicKey: asked() })
        : await navigator.credentials.get({ publicKey: asked() });
      form.elements.credential.value = told(key);
      form.submit();
    } catch {
      if (!isQuiet) show("data-passkey-failed");
    } finally {
      isAsking = false;
    }
  };
  form.addEventListener("submit", event => { event.preventDefault(); ask(false); });
  // Who came here wants to sign in: a browser that first wants a click gets it from the button.
  if (!isNew) ask(true);
})();
