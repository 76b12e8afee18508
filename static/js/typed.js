/* What is typed and not sent is not lost. The server seals it every few seconds; the sealed letters, which only the server can open
   and only for who typed them, stay with this page in the browser's history. No word is stored. A form works without this file. */
"use strict";

const typing = (() => {
  const EVERY = 5000; // milliseconds
  const SHORT = ["radio", "checkbox", "submit", "button", "file", "hidden"];
  const said = document.querySelector("template#line");
  let form = null; // the one that was typed into last
  let isSent = false;
  let hasNewWords = false; // since it was last sealed
  let isBroken = false;
  let timer = null;

  const holdsWords = (one) =>
    Boolean(one?.elements?.typed_on?.value) && !one.closest("[data-goes-on], [role=search]") && !one.querySelector("[type=password]");
  const isKeptElsewhere = (one) => "autosave" in one.dataset; // a draft on the server: intake.js

  function fields(of) {
    const all = new URLSearchParams();
    for (const [name, value] of new FormData(of)) if (typeof value === "string") all.append(name, value);
    return all;
  }

  // ``credentials``: a page that closes because nobody is there does not say that somebody is.
  // "" is nothing to seal, or too much; null is that the door asks to wait. A page in place of the letters is no answer of the door.
  async function sealed(of, credentials = "same-origin") {
    const asked = { method: "POST", body: fields(of), credentials, cache: "no-store", redirect: "error", signal: AbortSignal.timeout(8000) };
    const answer = await fetch(said.dataset.door, asked);
    if (answer.status >= 500) throw new Error("nobody answers");
    if (answer.status === 429) return null;
    const isLetters = answer.ok && (answer.headers.get("Content-Type") ?? "").startsWith("text/plain");
    return isLetters ? answer.text() : "";
  }

  // What is kept gives way to newer letters only; what is sent or cancelled is forgotten.
  function remember(letters, of) {
    if (!letters) return;
    const page = of.elements.typed_on.value.split(" ").slice(1).join(" ");
    history.replaceState({ ...history.state, typed: letters, page }, "");
  }

  const forget = () => history.replaceState({ ...history.state, typed: "", page: "" }, "");

  async function keep() {
    timer = null;
    if (!form?.isConnected || isSent) return;
    const one = form;
    hasNewWords = false;
    try {
      const letters = await sealed(one);
      if (one === form && !isSent) remember(letters, one);
      isBroken = false;
      if (letters === null) {
        hasNewWords = true;
        later();
      }
    } catch {
      hasNewWords = isBroken = true;
      later();
    }
  }

  function later() {
    timer ??= setTimeout(keep, EVERY);
  }

  function begin(one) {
    form = one;
    isSent = false;
    if (!isKeptElsewhere(one)) later();
  }

  function noticed(event) {
    const one = event.target.form;
    if (!holdsWords(one)) return;
    if (!SHORT.includes(event.target.type)) hasNewWords = true;
    begin(one);
  }

  // Words that the server has not seen yet go to it before the form does: where nobody answers, the page stays.
  function submitted(event) {
    const one = event.target;
    if (event.defaultPrevented || !holdsWords(one)) return;
    if (one !== form || isKeptElsewhere(one) || !(hasNewWords || isBroken)) {
      if (one === form) isSent = true;
      return;
    }
    event.preventDefault();
    send(one, event.submitter);
  }

  let isAsking = false;
  async function send(one, pressed) {
    if (isAsking) return;
    isAsking = true;
    try {
      remember(await sealed(one), one);
    } catch {
      isBroken = true;
      return tell(one, pressed);
    } finally {
      isAsking = false;
    }
    hasNewWords = isBroken = false;
    one.querySelector(".line")?.remove();
    one.requestSubmit(pressed?.isConnected ? pressed : undefined);
  }

  // Since when the line is broken, and when it is back; nothing is sent by itself. The form's token makes it count once.
  function tell(one, pressed) {
    let told = one.querySelector(".line");
    if (!told) {
      one.append(said.content.cloneNode(true));
      told = one.querySelector(".line");
      const now = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
      told.querySelector("time").textContent = now;
      told.querySelector("button").addEventListener("click", () => send(one, pressed));
      const watch = setInterval(async () => {
        if (!told.isConnected) return clearInterval(watch);
        const isBack = await fetch(said.dataset.here, { cache: "no-store" }).then((answer) => answer.ok, () => false);
        told.querySelector("[data-broken]").hidden = isBack;
        told.querySelector("[data-back]").hidden = !isBack;
      }, EVERY);
    }
    told.focus();
    told.scrollIntoView({ block: "nearest" });
  }

  // In place of a page that closes stands a way back in, with the sealed letters; until they are sealed the words wait in memory only.
  async function closeInto(place) {
    const left = form && !isSent ? form : null;
    if (!left) return;
    const way = place.querySelector("form");
    for (const part of place.querySelectorAll("[data-typed]")) part.hidden = false;
    for (const part of place.querySelectorAll("[data-nothing]")) part.hidden = true;
    form = null;
    const seal = async () => {
      const letters = way.elements.typed.value || (await sealed(left, "omit"));
      if (letters === null) throw new Error("the door asks to wait");
      way.elements.typed.value = letters;
    };
    const again = () => seal().catch(() => setTimeout(again, EVERY));
    way.addEventListener("submit", (event) => {
      if (way.elements.typed.value) return;
      event.preventDefault();
      seal().then(() => way.submit(), () => {});
    });
    await again();
  }

  // Back on a page whose words were not sent, or not taken: it opens again with them.
  function openAgain() {
    const { typed, page } = history.state || {};
    const guard = document.querySelector("input[name=csrfmiddlewaretoken]");
    if (!typed || !guard) return;
    forget();
    const way = document.createElement("form");
    way.method = "post";
    way.action = page;
    for (const [name, value] of [["csrfmiddlewaretoken", guard.value], ["typed", typed]]) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      way.append(field);
    }
    way.hidden = true;
    document.body.append(way);
    way.submit();
  }

  addEventListener("input", noticed, true);
  addEventListener("change", noticed, true);
  addEventListener("submit", submitted);
  addEventListener("click", (event) => {
    const left = event.target.closest?.("form .actions a"); // "Cancel": not sent, and not wanted
    if (!left || left.closest("form") !== form) return;
    isSent = true;
    forget();
  });
  addEventListener("beforeunload", (event) => {
    if (form?.isConnected && !isSent && !isKeptElsewhere(form)) event.preventDefault();
  });

  document.addEventListener("DOMContentLoaded", () => {
    const shown = document.querySelector("form#typed");
    const hasWords = document.querySelector(".error-summary") || "typed" in document.body.dataset;
    if (hasWords && holdsWords(shown)) {
      hasNewWords = true;
      begin(shown);
    } else if (document.querySelector("[data-goes-on] form")) document.querySelector("[data-goes-on] form").submit();
    else openAgain();
  });
  return { closeInto };
})();
