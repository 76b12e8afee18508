/* Bringing a situation works without this file. It joins what keeps and what finds to the page's form, and asks for the legal
   ground only where it is needed. */
"use strict";

(() => {
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form.intake");
  if (!form) return;
  const keeper = form.dataset.autosave ? new Keeper(form) : null;
  for (const picker of form.querySelectorAll("[data-picker]")) enhancePicker(picker, keeper);
  const consent = form.querySelectorAll("input[name=consent]");
  if (consent.length) showGroundWhenNeeded(form, consent);
  if (keeper) beginAtTheFirstField(form);
});

// After "Continue" one goes on typing, where there is a keyboard; what the page has to say first, or an answer that was asked for, comes before.
function beginAtTheFirstField(form) {
  const led = location.hash && form.querySelector(`#${CSS.escape(decodeURIComponent(location.hash.slice(1)))}`);
  if (led || document.querySelector("[autofocus]") || !matchMedia("(hover: hover)").matches) return;
  const fields = [...form.querySelectorAll("input:not([type=hidden]), select, textarea")];
  const [first] = fields;
  const given = first?.type === "radio" && fields.find((field) => field.name === first.name && field.checked);
  (given || first)?.focus();
}

// The legal ground is asked only where consent was not obtained.
function showGroundWhenNeeded(form, consent) {
  const ground = form.querySelector("#div_id_legal_ground");
  const fit = () => {
    const given = [...consent].find((one) => one.checked);
    if (ground) ground.hidden = !given || given.value === "consent:YES";
  };
  for (const one of consent) one.addEventListener("change", fit);
  fit();
}
})();
