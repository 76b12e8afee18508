/* The table's pages work without this file. It moves the focus to what needs an answer, and leaves nothing behind. */
"use strict";

// A page that the browser kept in memory is not shown again: sign-in, seat or item may have ended meanwhile. It is put away blank,
// so that not even its first picture comes back, and asked for anew.
window.addEventListener("pagehide", () => {
  document.documentElement.hidden = true;
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    document.body.replaceChildren();
    window.location.reload();
  }
});

// A page is closed when nobody used it, in any tab, for as long as the server waits, and when somebody signs out in another tab.
// The tabs tell each other "here" and "gone"; nothing is stored.
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("table") : { postMessage() {} };

// The only text that becomes a page in a script: an answer of the server itself.
globalThis.tablePolicy = globalThis.trustedTypes?.createPolicy("table", { createHTML: (page) => page });

const WARNING = 125_000; // milliseconds: it is looked at every five seconds, and two minutes are promised

function closeWhenNobodyIsThere(closed) {
  const wait = Number(closed.dataset.seconds) * 1000;
  let usedAt = Date.now();
  let toldAt = usedAt;
  const close = () => {
    clearInterval(watch);
    document.body.replaceChildren(closed.content.cloneNode(true));
    document.querySelector("main").focus();
    typing.closeInto(document.body);
  };
  const unusedFor = () => Date.now() - usedAt;
  const isLate = () => unusedFor() > wait; // also after a computer has slept
  const look = () => {
    if (!closed.isConnected) return;
    if (isLate()) return close();
    const warned = document.querySelector(".closing");
    const isSoon = unusedFor() > wait - Math.min(WARNING, wait / 3);
    if (isSoon && !warned) document.body.append(document.querySelector("template#closing").content.cloneNode(true));
    if (!isSoon) warned?.remove();
  };
  const watch = setInterval(look, 5000);
  const use = () => {
    if (!closed.isConnected) return;
    if (isLate()) return close();
    usedAt = Date.now();
    document.querySelector(".closing")?.remove();
    if (usedAt - toldAt < wait / 6) return;
    toldAt = usedAt;
    tabs.postMessage("here");
    fetch(closed.dataset.here, { cache: "no-store", headers: { "X-Somebody": "here" } }).catch(() => {}); // the server learns it too
  };
  for (const sign of ["pointerdown", "keydown", "wheel"]) addEventListener(sign, use, { capture: true, passive: true });
  document.addEventListener("visibilitychange", look);
  document.addEventListener("table:ended", () => {
    tabs.postMessage("gone");
    close();
  });
  tabs.onmessage = (message) => {
    if (!closed.isConnected) return;
    if (message.data === "gone") close();
    else usedAt = Date.now();
  };
}

// What is offered for some seconds only goes when they are over; whoever has just come to it keeps it, and is told by the server.
function passAway() {
  const since = new WeakMap();
  setInterval(() => {
    for (const each of document.querySelectorAll("[data-lasts]")) {
      const began = since.get(each);
      if (began?.lasts !== each.dataset.lasts) since.set(each, { lasts: each.dataset.lasts, at: Date.now() });
      else if (Date.now() - began.at > each.dataset.lasts * 1000 && !each.contains(document.activeElement)) each.remove();
    }
  }, 1000);
}

document.addEventListener("DOMContentLoaded", () => {
  passAway();
  const closed = document.querySelector("template#closed");
  if (closed) closeWhenNobodyIsThere(closed);
  if ("nobody" in document.body.dataset) tabs.postMessage("gone");

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

  for (const button of document.querySelectorAll("button[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    field.addEventListener("focus", () => field.select());
    button.hidden = !navigator.clipboard; // without it the field is selected and copied by hand
    button.addEventListener("click", async () => {
      const said = button.parentElement.querySelector("[data-copied]");
      said.textContent = "";
      await navigator.clipboard.writeText(field.value).then(() => { said.textContent = said.dataset.copied; }, () => field.focus());
    });
  }
});
