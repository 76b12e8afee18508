/* A passkey is asked of the browser, which asks its owner; the page's form carries the answer. Without it the other way stands there. */
"use strict";

function optionsOf(form) {
  if (form.dataset.passkey !== "login") return Promise.resolve(JSON.parse(document.getElementById("passkey-options").textContent));
  return fetch(form.action, { headers: { Accept: "application/json" }, cache: "no-store" }).then((answer) => {
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  });
}

async function answerOf(form) {
  const options = await optionsOf(form);
  if (form.dataset.passkey !== "create") return window.webauthnJSON.get(options.request_options);
  const wanted = options.creation_options;
  // One that opens the table by itself: it is kept in the device, and asks for a finger, a face or a PIN.
  Object.assign(wanted.publicKey.authenticatorSelection, { residentKey: "required", requireResidentKey: true, userVerification: "required" });
  return window.webauthnJSON.create(wanted);
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential || !window.webauthnJSON) continue;
  form.hidden = false;
  for (const instead of document.querySelectorAll("[data-without-passkey]")) instead.hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const failed = form.querySelector("[data-failed]");
    failed.hidden = true;
    answerOf(form).then(
      (answer) => {
        form.querySelector("[name=credential]").value = JSON.stringify(answer);
        HTMLFormElement.prototype.submit.call(form);
      },
      () => { failed.hidden = false; },
    );
  });
}
