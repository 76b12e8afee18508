/* The picker: a combobox over the page's own check boxes, in which two letters find an answer. */
"use strict";

const say = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").match(/[\p{L}\p{N}]+/gu) || [];
const begins = (wanted, text) => {
  const words = fold(text);
  return wanted.every((start) => words.some((word) => word.startsWith(start)));
};
const isJust = (wanted, text) => fold(text).join(" ") === wanted.join(" ");
const leads = (wanted, text) => (fold(text)[0] || "").startsWith(wanted[0]) && begins(wanted, text);

function enhancePicker(root, keeper) {
  const words = root.dataset;
  const field = root.querySelector("input[type=text]");
  const status = root.querySelector("[data-says]");
  const chosen = root.querySelector("[data-chosen]");
  const boxes = [...root.querySelectorAll("input[type=checkbox]")];
  const goesOn = root.closest("form").querySelector("button[name=go][value=continue]");
  for (const plain of root.querySelectorAll("[data-plain]")) plain.remove();

  const list = document.createElement("ul");
  list.className = "listbox";
  list.id = `${field.id}_list`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", root.querySelector(`label[for="${field.id}"]`).textContent);
  list.hidden = true;
  field.after(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })) {
    field.setAttribute(name, value);
  }
  let active = -1;

  const find = () => {
    const wanted = fold(field.value);
    if (wanted.join("").length < 2) return null;
    const ranked = [];
    for (const box of boxes) {
      const also = `${box.dataset.also};${box.dataset.elsewhere}`.split(";").filter(Boolean);
      const exact = also.find((name) => isJust(wanted, name));
      const leading = also.find((name) => leads(wanted, name));
      const other = also.find((name) => begins(wanted, name));
      if (isJust(wanted, box.dataset.group) || isJust(wanted, box.dataset.words)) ranked.push([0, box, ""]);
      else if (exact) ranked.push([0, box, exact]);
      else if (begins(wanted, box.dataset.group)) ranked.push([1, box, ""]);
      else if (leads(wanted, box.dataset.words)) ranked.push([2, box, ""]);
      else if (leading) ranked.push([3, box, leading]);
      else if (begins(wanted, `${box.dataset.group} ${box.dataset.words}`)) ranked.push([4, box, ""]);
      else if (other) ranked.push([5, box, other]);
    }
    return ranked.sort((one, two) => one[0] - two[0]).map(([, box, other]) => ({ box, other, wanted }));
  };

  // What is offered before a letter is typed: what one chose lately, then all of the frequent categories.
  const stock = () => {
    const keys = [...root.querySelectorAll("[data-lately] li")].map((row) => row.dataset.key);
    const lately = keys.map((key) => boxes.find((box) => box.value === key));
    const frequent = boxes.filter((box) => box.closest("[data-frequent]") && !keys.includes(box.value));
    return [...lately, ...frequent].filter((box) => box && !box.checked).map((box) => ({ box, other: "", wanted: [] }));
  };

  const point = (place) => {
    const options = [...list.children];
    active = options.length ? (place + options.length) % options.length : -1;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    if (active < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", options[active].id);
    return options[active].scrollIntoView({ block: "nearest" });
  };

  const close = () => {
    list.hidden = true;
    list.replaceChildren();
    field.setAttribute("aria-expanded", "false");
    point(-1);
  };

  const show = (found = find()) => {
    close();
    if (!found) { status.textContent = words.hint; return; }
    const fresh = found.filter(({ box }) => !box.checked);
    const nothing = found.length ? words.already : words.none;
    status.textContent = fresh.length ? say(words.found, { n: fresh.length }) : nothing;
    if (!fresh.length) return;
    list.append(...fresh.map(({ box, other, wanted }, at) => optionFor(box, other, wanted, `${list.id}_${at}`)));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    point(0);
  };

  const optionFor = (box, other, wanted, id) => {
    const option = document.createElement("li");
    Object.assign(option, { id });
    option.setAttribute("role", "option");
    option.dataset.key = box.value;
    option.append(inWords(box, wanted));
    if (other) {
      const also = document.createElement("span");
      also.className = "soft small";
      const [before, after] = words.also.split("{words}");
      const name = document.createElement("span");
      name.textContent = other;
      if (box.dataset.elsewhere.split(";").includes(other)) name.lang = words.otherLanguage;
      also.append(before, name, after);
      option.append(also);
    }
    return option;
  };

  const inWords = (box, wanted = []) => {
    const span = document.createElement("span");
    if (box.dataset.group) {
      const group = document.createElement("strong");
      group.append(...underlined(box.dataset.group, wanted));
      span.append(group, " – ");
    }
    span.append(...underlined(box.dataset.words, wanted));
    return span;
  };

  // One answer is put in or taken out: the box, the list of the chosen, the counts, and a sentence say the same.
  const settle = (box, isChosen) => {
    box.checked = isChosen;
    const row = [...chosen.children].find((one) => one.dataset.key === box.value);
    if (isChosen && !row) chosen.append(chosenRow(box));
    if (!isChosen && row) row.remove();
    const again = root.querySelector(`[data-lately] li[data-key="${CSS.escape(box.value)}"]`);
    if (again) again.hidden = isChosen;
    const number = boxes.filter((one) => one.checked).length;
    const group = box.closest("details");
    const all = [...group.querySelectorAll("input")];
    const n = all.filter((one) => one.checked).length;
    const count = group.querySelector("summary .num");
    count.textContent = n ? say(words.of, { n, all: all.length }) : all.length;
    if (!n) {
      const heard = document.createElement("span");
      heard.className = "visually-hidden";
      heard.textContent = ` ${count.dataset.all}`;
      count.append(heard);
    }
    root.querySelector("[data-count]").textContent = number;
    root.querySelector("[data-empty]").hidden = number > 0;
    status.textContent = say(isChosen ? words.added : words.removed, { words: box.dataset.words, n: number });
    if (number) putRight(field);
  };

  const chosenRow = (box) => {
    const row = document.createElement("li");
    row.dataset.key = box.value;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm";
    const hidden = document.createElement("span");
    hidden.className = "visually-hidden";
    hidden.textContent = ` ${box.dataset.words}`;
    button.append(words.remove, hidden);
    row.append(inWords(box), button);
    return row;
  };

  const add = (key) => {
    const box = boxes.find((one) => one.value === key);
    if (!box) return;
    field.value = "";
    close();
    settle(box, true);
    keeper?.note(300);
    field.focus({ preventScroll: true });
    field.scrollIntoView({ block: "nearest" });
  };

  status.textContent = words.hint;
  field.addEventListener("input", () => show());
  field.addEventListener("keydown", (event) => {
    const isOpen = !list.hidden;
    if (event.key === "Enter") {
      event.preventDefault(); // Enter adds; only on the empty field it goes on
      if (isOpen && active >= 0) add(list.children[active].dataset.key);
      else if (words.hint && !field.value.trim() && !event.repeat) goesOn?.click();
    } else if (!isOpen && event.key === "ArrowDown" && !field.value.trim()) {
      const offered = stock();
      if (!offered.length) return;
      event.preventDefault();
      show(offered);
    } else if (isOpen && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      point(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Escape" && (isOpen || field.value)) {
      event.preventDefault();
      field.value = "";
      close();
      status.textContent = words.hint;
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the field
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) add(option.dataset.key);
  });
  root.querySelector("[data-lately]")?.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    add(button.closest("li").dataset.key);
  });
  for (const box of boxes) box.addEventListener("change", () => settle(box, box.checked));
  chosen.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("li");
    const next = (row.nextElementSibling || row.previousElementSibling)?.querySelector("button") || field;
    settle(boxes.find((box) => box.value === row.dataset.key), false);
    keeper?.note(300);
    next.focus();
  });
}

// What was asked for is answered: the error goes from the field and from the summary above, which goes with its last entry.
function putRight(field) {
  const error = document.getElementById(`${field.id.replace(/_0$/, "")}_error`);
  if (!error) return;
  error.remove();
  field.removeAttribute("aria-invalid");
  document.querySelector(`.error-summary a[href="#${field.id}"]`)?.closest("li").remove();
  const summary = document.querySelector(".error-summary");
  if (summary && !summary.querySelector("li")) {
    summary.remove();
    const at = document.title.indexOf(document.querySelector("h1").textContent.trim()); // what stands before it says "Error"
    document.title = document.title.slice(Math.max(at, 0));
  }
}

function underlined(text, wanted) {
  return text.split(/(?<=[\s\-–/’'])/u).map((piece) => {
    const start = wanted.find((one) => fold(piece).some((word) => word.startsWith(one)));
    if (!start || fold(piece.slice(0, start.length)).join("") !== start) return piece;
    const mark = document.createElement("mark");
    mark.textContent = piece.slice(0, start.length);
    const both = document.createDocumentFragment();
    both.append(mark, piece.slice(start.length));
    return both;
  });
}
