/* Words about a situation: what the checker marks while one types, each with a press or a key that replaces it, and how
   many characters are left. It changes a text only when it is told to, by an edit that the browser can take back. Without
   this file the server's page says the same. It keeps nothing in the browser and holds no word of its own. */
"use strict";

(() => {
const PAUSE = 500;
const AGAIN = 8000;
const say = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

class Coach {
  constructor(box, field) {
    Object.assign(this, { box, field, form: field.form, typed: field.value, timer: null, asked: 0, isOver: false });
    this.list = box.querySelector("[data-list]");
    this.whileMarked = document.querySelector(`[data-while-marked="${field.id}"]`);
    box.querySelector("[data-key]").hidden = false;
    field.setAttribute("aria-keyshortcuts", "Alt+R");
    field.addEventListener("input", () => this.follow());
    field.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      event.preventDefault();
      this.replace(button.closest("li"), { stays: false });
    });
    window.addEventListener("online", () => this.note(0));
    window.addEventListener("offline", () => this.fail());
  }

  // While one types, what was marked moves along with the words; a mark in whose words one types goes.
  follow() {
    const [before, now] = [this.typed, this.field.value];
    const most = Math.min(before.length, now.length);
    let same = 0;
    while (same < most && before[same] === now[same]) same += 1;
    let tail = 0;
    while (tail < most - same && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
    for (const row of [...this.list.children]) {
      const [start, end] = [Number(row.dataset.start), Number(row.dataset.end)];
      if (end <= same) continue;
      if (start < before.length - tail) row.remove();
      else Object.assign(row.dataset, { start: start + now.length - before.length, end: end + now.length - before.length });
    }
    this.typed = now;
    this.box.querySelector("[data-pieces]")?.remove(); // the words in it are those of the last page, not of now
    this.fit();
    this.note(PAUSE);
  }

  note(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), wait);
  }

  async check() {
    if (this.isOver || !this.field.isConnected) return; // nobody is there who types, or nobody who is signed in
    const asked = this.asked += 1;
    const text = this.field.value;
    const body = new URLSearchParams({ text, csrfmiddlewaretoken: this.form.elements.csrfmiddlewaretoken.value });
    const [answer, comesBack] = await this.ask(body);
    if (asked !== this.asked || text !== this.field.value) return; // what was typed since is asked about by itself
    if (answer?.is_checked) this.show(answer.marks);
    else this.fail();
    if (comesBack) this.note(AGAIN);
  }

  // The answer, or none; and whether to ask again by itself: only where the line or the house fails. Who is sent elsewhere or
  // barred is no longer signed in: to go on asking would keep alive what has ended.
  async ask(body) {
    try {
      const response = await fetch(this.box.dataset.url, { method: "POST", body, redirect: "manual" });
      this.isOver = response.type === "opaqueredirect" || response.status === 403;
      const isAnswer = response.ok && (response.headers.get("Content-Type") || "").startsWith("application/json");
      return [isAnswer ? await response.json() : null, response.status >= 500];
    } catch {
      return [null, true];
    }
  }

  fail() {
    this.box.querySelector("[data-unchecked]").hidden = false;
  }

  show(marks) {
    this.box.querySelector("[data-unchecked]").hidden = true;
    const before = this.list.textContent.replace(/\s+/g, "");
    this.list.replaceChildren(...marks.map((mark) => this.row(mark)));
    this.fit();
    if (before !== this.list.textContent.replace(/\s+/g, "")) this.tell(say(marks.length ? this.box.dataset.some : this.box.dataset.clean, { n: marks.length }));
  }

  row(mark) {
    const made = (name, className, ...content) => {
      const element = Object.assign(document.createElement(name), { className });
      element.append(...content);
      return element;
    };
    const button = made("button", "btn btn-sm", mark.button, made("span", "visually-hidden", ` – ${mark.text}`));
    const row = made("li", "", made("p", "", made("strong", "", say(this.box.dataset.quote, { words: mark.text })), ` ${mark.explanation}`), button);
    Object.assign(row.dataset, { start: mark.start, end: mark.end, instead: mark.instead, said: mark.said });
    return row;
  }

  fit() {
    const isMarked = this.list.children.length > 0;
    this.box.querySelector("[data-found]").hidden = !isMarked;
    if (this.whileMarked) this.whileMarked.hidden = !isMarked;
  }

  tell(words) {
    this.box.querySelector("[data-says]").textContent = words;
  }

  key(event) {
    const isKey = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && (event.code === "KeyR" || event.key.toLowerCase() === "r");
    if (!isKey || !this.list.firstElementChild) return;
    event.preventDefault();
    this.replace(this.list.firstElementChild, { stays: true });
  }

  // As if it were typed, so that the browser's own undo takes it back. The cursor stays where it was, or stands behind the new words.
  replace(row, { stays }) {
    const { field } = this;
    const { instead, said } = row.dataset;
    const [start, end, at, before] = [Number(row.dataset.start), Number(row.dataset.end), field.selectionEnd, field.value];
    field.focus();
    field.setSelectionRange(start, end);
    document.execCommand(instead ? "insertText" : "delete", false, instead);
    if (field.value === before) {
      field.setRangeText(instead, start, end, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const behind = start + instead.length;
    const place = !stays || (at > start && at < end) ? behind : at >= end ? at + behind - end : at;
    field.setSelectionRange(place, place);
    this.tell(said);
  }
}

function countCharacters(left) {
  const words = document.getElementById(left.dataset.of);
  const count = () => {
    const number = Number(left.dataset.most) - [...words.value.replace(/\r\n/g, "\n").trim()].length;
    left.textContent = say(number < 0 ? left.dataset.over : left.dataset.left, { n: Math.abs(number) });
  };
  words.addEventListener("input", count);
  count();
}

document.addEventListener("DOMContentLoaded", () => {
  for (const box of document.querySelectorAll("[data-coach]")) {
    const field = document.getElementById(box.dataset.coach);
    if (field) new Coach(box, field);
  }
  for (const left of document.querySelectorAll("[data-left]")) if (document.getElementById(left.dataset.of)) countCharacters(left);
});
})();
