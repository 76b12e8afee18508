/* A page of a meeting moves when its table does. The server says that something changed, never what; this page then asks for
   itself anew, as its reader may see it now, and only what differs is exchanged. What is typed, chosen or focused here stays.
   Without this file the page stands still, and "Look again" asks. */
"use strict";

(() => {
  const body = document.body;
  const door = body.dataset.live;
  const meeting = body.dataset.meeting; // "" on a page of no meeting: it only learns that its sign-in has ended
  if (!door || !("EventSource" in window)) return;

  const ASKS = 15_000; // milliseconds, where no stream arrives
  const SPREAD = 100; // milliseconds: not all screens ask in the same moment
  const QUIET = 5_000; // milliseconds between two sentences that are read aloud
  const FAR_TOO_LONG = 40_000; // milliseconds without a word from the server, which pings every 15 seconds
  const trusted = globalThis.tablePolicy;

  let seen = body.dataset.beat ?? "";
  let stream = null;
  let heardAt = Date.now();
  let lostAt = null;
  let asking = null; // the timer of "anything new?"
  let due = null;
  let isFetching = false;
  let isRefused = false;
  let isBehind = false; // something changed while this page was being fetched

  const address = () => {
    const asked = new URLSearchParams();
    if (meeting) asked.set("meeting", meeting);
    if (seen) asked.set("seen", seen);
    return `${door}?${asked}`;
  };

  // --- the line -------------------------------------------------------------------------------------------------------------

  function open() {
    close();
    if (isRefused || document.hidden) return; // a tab that nobody sees holds no line; it looks when it is seen again
    stream = new EventSource(address());
    stream.onopen = () => {
      body.dataset.line = "open";
      heard();
    };
    stream.addEventListener("changed", (event) => {
      heard();
      changed(event.data);
    });
    stream.addEventListener("ended", () => {
      close();
      document.dispatchEvent(new Event("table:ended"));
    });
    stream.onerror = () => {
      if (stream?.readyState === EventSource.CLOSED) close(); // refused: asking says why
      ask();
    };
  }

  function close() {
    stream?.close();
    stream = null;
  }

  function heard() {
    heardAt = Date.now();
    clearTimeout(asking);
    asking = null;
    if (lostAt === null) return;
    lostAt = null;
    document.querySelector(".lost")?.remove();
    changed(""); // whatever was said meanwhile
  }

  // Where no stream arrives, this page asks: "anything newer than this?"
  function ask(wait = 1000) {
    if (asking || isRefused || document.hidden) return;
    asking = setTimeout(async () => {
      asking = null;
      const answer = await fetch(address(), { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(8000) }).catch(() => null);
      if (answer === null || answer.status >= 500) {
        lose();
        return ask(2000);
      }
      if (isClosedTo(answer)) {
        // Whether this page is still open to its reader, the page itself says. If it is, only the line is not, and is asked no more.
        isRefused = true;
        close();
        return look();
      }
      heard();
      if (answer.status === 200) changed(await answer.text());
      if (stream === null) open();
      return ask(ASKS);
    }, wait);
  }

  const isClosedTo = (answer) => answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status);

  // It is no longer open to its reader: the server says why, in its own words.
  function leave() {
    close();
    location.reload();
  }

  function lose() {
    if (lostAt !== null || !meeting) return;
    lostAt = new Date();
    body.dataset.line = "lost";
    const said = document.querySelector("template#lost").content.cloneNode(true);
    const time = lostAt.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
    said.querySelector("time").textContent = time;
    document.querySelector("main").prepend(said);
  }

  setInterval(() => {
    if (stream && Date.now() - heardAt > FAR_TOO_LONG) ask(0); // a line can be dead without an error
  }, 10_000);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return close();
    open();
    return ask(0);
  });
  document.addEventListener("table:look", () => changed("")); // a page that knows by itself that it is due: the wall, each minute
  addEventListener("online", () => ask(0));
  addEventListener("pagehide", close);

  // --- what changed ---------------------------------------------------------------------------------------------------------

  function changed(beat) {
    if (!meeting || (beat && beat === seen)) return;
    seen = beat || seen;
    if (isFetching) isBehind = true;
    else due ??= setTimeout(look, Math.random() * SPREAD);
  }

  const parsed = (text) => new DOMParser().parseFromString(trusted ? trusted.createHTML(text) : text, "text/html");

  async function look() {
    due = null;
    isFetching = true;
    isBehind = false;
    try {
      const answer = await fetch(location.href, {
        cache: "no-store", redirect: "manual", headers: { "X-Live": "1" }, signal: AbortSignal.timeout(8000),
      });
      if (isClosedTo(answer)) leave();
      else if (!answer.ok) throw new Error("not now");
      else if (meeting) exchange(parsed(await answer.text()));
    } catch {
      ask();
      isBehind = true;
    } finally {
      isFetching = false;
    }
    if (isBehind && !isRefused) due ??= setTimeout(look, lostAt === null ? SPREAD : 2000);
  }

  const sameQuestion = (radio) => (radio.form ? [...radio.form.elements] : [radio]).filter((each) => each.name === radio.name);

  // What the reader chose or typed and has not sent stays as it is.
  function isTouched(control) {
    if (control.matches("input[type=radio]")) return sameQuestion(control).some((each) => each.checked !== each.defaultChecked);
    if (control.matches("input[type=checkbox]")) return control.checked !== control.defaultChecked;
    if (control.matches("input:not([type=hidden]), textarea")) return control.value !== control.defaultValue;
    return control.matches("select") && [...control.options].some((option) => option.selected !== option.defaultSelected);
  }

  // The step that the title names, and what the page has to say beside it.
  const sentence = (page) => [page.title.split(" – ")[0], page.querySelector("main").dataset.says].filter(Boolean).join(". ");

  function exchange(page) {
    const fresh = page.querySelector("main");
    const old = document.querySelector("main");
    if (!fresh || !old) return;
    for (const each of fresh.querySelectorAll("[autofocus]")) each.removeAttribute("autofocus");
    const says = sentence(page);
    const isNews = says !== sentence(document);
    Idiomorph.morph(old, fresh, {
      ignoreActiveValue: true,
      restoreFocus: true,
      callbacks: {
        beforeNodeMorphed: (before) => !(before instanceof HTMLElement && before.matches("input, textarea, select") && isTouched(before)),
        beforeNodeRemoved: (before) => !(before instanceof HTMLElement && before.matches(".messages, .lost")),
        beforeAttributeUpdated: (name, node) => !(name === "open" && node.matches("details")),
      },
    });
    document.title = page.title;
    if (isNews) announce(says);
    document.dispatchEvent(new Event("table:changed"));
  }

  // --- read aloud, politely: the newest sentence, at most one in five seconds ---------------------------------------------------

  let saidAt = 0;
  let toSay = null;

  function announce(words) {
    const waits = toSay !== null;
    toSay = words;
    if (waits) return;
    setTimeout(() => {
      document.querySelector("#news").textContent = toSay;
      saidAt = Date.now();
      toSay = null;
    }, Math.max(0, saidAt + QUIET - Date.now()));
  }

  open();
})();
