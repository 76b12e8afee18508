/* One key blanks the wall at once; each minute it looks at the time. Without this file a button blanks it, and a link looks again. */
"use strict";

// The only text that becomes a page in a script: an answer of the server itself (js/live.js).
globalThis.tablePolicy = globalThis.trustedTypes?.createPolicy("table", { createHTML: (page) => page });

// A page that the browser kept in memory is not shown again: the meeting may have ended.
addEventListener("pagehide", () => {
  document.documentElement.hidden = true;
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

(() => {
  const main = () => document.querySelector("main");
  const look = () => document.dispatchEvent(new Event("table:look"));
  let minute = null;

  // What the time says, the server writes: when this minute is over, the page asks for itself anew.
  function wait() {
    clearTimeout(minute);
    minute = setTimeout(() => {
      look();
      minute = setTimeout(wait, 5000); // where the line is broken, it is tried again
    }, Number(main().dataset.seconds) * 1000 + 200);
  }

  // Blank here before the server knows, and also where it cannot be reached.
  async function press(button) {
    const form = button.form;
    const answer = new FormData(form, button);
    if (document.body.classList.contains("is-blank")) answer.set("is_blank", "no"); // blanked here, and the page does not know it yet
    document.body.classList.toggle("is-blank", answer.get("is_blank") === "yes");
    const sent = await fetch(form.action, { method: "POST", body: answer, redirect: "manual" }).catch(() => null);
    if (sent) look();
  }

  document.addEventListener("submit", (event) => {
    if (!event.submitter?.matches("[data-key=b]")) return;
    event.preventDefault();
    press(event.submitter);
  });
  document.addEventListener("keydown", (event) => {
    const button = document.querySelector("[data-key=b]");
    if (event.key.toLowerCase() !== "b" || event.ctrlKey || event.altKey || event.metaKey || event.repeat || !button) return;
    event.preventDefault();
    press(button);
  });
  document.addEventListener("table:changed", () => {
    document.body.classList.remove("is-blank"); // the page itself says now whether it is
    wait();
  });
  document.addEventListener("table:ended", () => location.reload());
  wait();
})();
