/* The table's pages work without this file. It moves the focus to what needs an answer, and leaves nothing behind. */
"use strict";

// A page that the browser kept in memory is not shown again: sign-in, seat or item may have ended meanwhile.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    document.body.replaceChildren();
    window.location.reload();
  }
});

document.addEventListener("DOMContentLoaded", () => {
  const summary = document.querySelector(".error-summary");
  if (summary) {
    summary.focus();
    // A link in the summary goes to its field, not beside it, and keeps the question in sight.
    summary.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!field) return;
      event.preventDefault();
      (field.closest(".field") || field).scrollIntoView();
      field.focus({ preventScroll: true });
    });
  }

  for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
});
