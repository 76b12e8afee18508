/* Words about a situation: how many characters are left, and what the checker marks while one types. Without this file
   the server's page says the same. It keeps nothing in the browser and holds no word of its own. */
"use strict";

(() => {
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form.intake");
  const words = form?.querySelector("textarea[name=why_now]");
  if (!words) return;
  countCharacters(words);
  form.addEventListener("checked", (event) => showMarks(form.querySelector("[data-marks]"), event.detail));
});

const say = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

function countCharacters(words) {
  const left = document.querySelector("[data-left]");
  if (!left) return;
  const count = () => {
    const number = Number(left.dataset.most) - [...words.value.replace(/\r\n/g, "\n").trim()].length;
    left.textContent = say(number < 0 ? left.dataset.over : left.dataset.left, { n: Math.abs(number) });
  };
  words.addEventListener("input", count);
  count();
}

function showMarks(box, checked) {
  const status = box.querySelector("[data-says]");
  const found = box.querySelector("[data-found]");
  const list = box.querySelector("[data-list]");
  const before = list.textContent;
  list.replaceChildren(...checked.marks.map((mark) => {
    const item = document.createElement("li");
    const quoted = document.createElement("strong");
    quoted.textContent = say(box.dataset.quote, { words: mark.text });
    item.append(quoted, ` ${mark.explanation}`);
    if (mark.suggestion) item.append(` ${say(box.dataset.instead, { words: mark.suggestion })}`);
    return item;
  }));
  box.querySelector("[data-pieces]")?.remove(); // the words in it are those of the last page, not of now
  found.hidden = checked.marks.length === 0;
  if (!checked.is_checked) status.textContent = box.dataset.unchecked;
  else if (before !== list.textContent) status.textContent = say(checked.marks.length ? box.dataset.some : box.dataset.clean, { n: checked.marks.length });
}
})();
