/* Who it is was revealed on this page. It is taken from the page when it closes: by the server's clock, when the item closes,
   when this page is left, and when the server has not answered for a minute. Nothing of it is kept in the browser. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const place = document.querySelector("[data-revealed]");
  const EVERY = 5_000; // milliseconds
  const WITHOUT_ANSWER = 60_000;
  const began = Date.now();
  const ends = began + Number(place.dataset.seconds) * 1000;
  let answered = began;

  const close = () => {
    clearInterval(watch);
    place.querySelector("[data-open]")?.remove();
    const closed = place.querySelector("[data-closed]");
    closed.hidden = false;
    document.title = document.title.replace(document.querySelector("h1").textContent.trim(), closed.dataset.title);
    closed.querySelector("p").focus(); // what was read last is gone: the reading goes on here
  };
  const look = async () => {
    if (!place.isConnected) return clearInterval(watch);
    if (Date.now() >= ends || Date.now() - answered > WITHOUT_ANSWER) return close();
    const answer = await fetch(place.dataset.still, { cache: "no-store", redirect: "manual" }).catch(() => null);
    if (answer?.status === 204) answered = Date.now();
    else if (answer && answer.status < 500) close();
  };
  const watch = setInterval(look, EVERY);
  setTimeout(close, ends - began);
  document.addEventListener("visibilitychange", () => document.hidden || look()); // a computer has slept, a phone was put away
  window.addEventListener("pagehide", close); // what the browser keeps of a page for the way back holds nothing of it
});
