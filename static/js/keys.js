/* One key at the table presses, or goes to, the control that carries it (data-key). A key does nothing that a button does not, and
   nothing in a field. Whoever has switched the keys off in the profile does not get this file. */
"use strict";

(() => {
  const KNOWN = "jkpaxilnbu?";
  const AGAIN = 2_000; // milliseconds: a second stroke that comes sooner is the same stroke
  let pressedAt = 0;

  const isWritten = (place) =>
    place.isContentEditable || place.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=submit], [type=button])");

  // Held together with Alt and Shift, a letter can be another sign: then the place of the key counts.
  function keyOf(event, isTogether) {
    if (event.ctrlKey || event.metaKey || event.isComposing || event.repeat) return "";
    const letter = event.key.toLowerCase();
    const isKnown = letter.length === 1 && KNOWN.includes(letter);
    if (!isTogether) return isKnown && !event.altKey && (!event.shiftKey || letter === "?") ? letter : "";
    if (!event.altKey || !event.shiftKey) return "";
    if (isKnown) return letter;
    const place = event.code === "Slash" ? "?" : event.code.replace(/^Key/, "").toLowerCase();
    return place.length === 1 && KNOWN.includes(place) ? place : "";
  }

  const isShown = (each) => each.getClientRects().length > 0;

  function toLine(step) {
    const lines = [...document.querySelectorAll("nav.agenda li")];
    const here = lines.findIndex((each) => each.contains(document.activeElement));
    const from = here < 0 ? lines.findIndex((each) => each.hasAttribute("aria-current")) : here;
    const to = lines[Math.min(Math.max(from + step, 0), lines.length - 1)];
    if (!to) return false;
    to.tabIndex = -1;
    (to.querySelector("button") ?? to).focus();
    return true;
  }

  function press(control) {
    if (Date.now() - pressedAt < AGAIN) return;
    pressedAt = Date.now();
    control.click();
  }

  // What is in the row that one is on comes first: there a radio is chosen, from elsewhere it is only gone to.
  function go(key) {
    if (key === "j" || key === "k") return toLine(key === "j" ? 1 : -1);
    const row = document.activeElement.closest("tr, li, .sheet-row");
    const here = row?.querySelector(`[data-key-here="${key}"]`);
    const control = here ?? [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key.split(" ").includes(key) && isShown(each));
    if (!control) return false;
    if (control.matches("button, a")) press(control);
    else if (control.matches("summary")) {
      control.parentElement.open = !control.parentElement.open;
      control.focus();
    } else if (control.matches("label")) {
      if (here) control.click();
      control.control.focus();
    } else control.focus();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    const list = document.querySelector("[data-keys]");
    if (!list || isWritten(event.target)) return;
    const key = keyOf(event, list.dataset.keys === "together");
    if (!key) return;
    event.preventDefault();
    const said = document.querySelector(".keyed");
    said.textContent = go(key) ? "" : `${said.dataset.nothing} ${document.querySelector("h1").innerText.trim()}`;
  });
})();
