/* Bringing a situation works without this file. It keeps what is typed every few seconds and finds a factor by two
   letters. It keeps nothing in the browser and holds no word of its own: every sentence comes from the page or from the
   server. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form.intake");
  if (!form) return;
  const keeper = form.dataset.autosave ? new Keeper(form) : null;
  for (const picker of form.querySelectorAll("[data-picker]")) enhancePicker(picker, keeper);
  const consent = form.querySelectorAll("input[name=consent]");
  if (consent.length) showGroundWhenNeeded(form, consent);
});

const say = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

/* 1. Autosave: soon after an answer changes, and at the latest eight seconds after a key was pressed. -------------------- */
class Keeper {
  constructor(form) {
    this.form = form;
    this.isDirty = this.isLeaving = this.isStopped = false;
    this.timer = this.saving = null;
    this.due = 0;
    form.addEventListener("input", (event) => {
      if (isSearch(event.target)) return;
      // While words are typed, the checker is asked when the typing pauses.
      this.note(event.target.name === "why_now" ? 1500 : 8000);
    });
    form.addEventListener("change", (event) => isSearch(event.target) || this.note(300));
    form.addEventListener("submit", (event) => this.waitFor(event, () => form.requestSubmit(event.submitter)));
    document.addEventListener("submit", (event) => {
      if (event.target !== form && !event.defaultPrevented) this.finishBefore(event, () => event.target.submit());
    });
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      const stays = !link || link.target || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey;
      if (stays || link.origin !== location.origin || link.getAttribute("href").startsWith("#")) return;
      this.finishBefore(event, () => location.assign(link.href));
    });
    window.addEventListener("pagehide", () => this.isDirty && !this.isLeaving && !this.isStopped && this.post());
  }

  note(wait) {
    this.isDirty = true;
    const due = Date.now() + wait;
    if (this.timer && wait >= 8000 && this.due <= due) return; // the earlier moment stands
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => this.save(), wait);
  }

  // The form goes once nothing is on its way, so that it carries the newest version.
  waitFor(event, go) {
    clearTimeout(this.timer);
    this.isLeaving = true;
    if (!this.saving) return;
    event.preventDefault();
    this.saving.finally(() => { this.saving = null; go(); });
  }

  // Another way off the page: first keep what is typed, for two seconds at most.
  finishBefore(event, go) {
    if (!this.isDirty && !this.saving) return;
    event.preventDefault();
    this.isLeaving = true;
    Promise.race([this.save(), new Promise((done) => setTimeout(done, 2000))]).finally(go);
  }

  tell(words) {
    const saved = this.form.querySelector(".saved span");
    if (saved.textContent !== words) saved.textContent = words;
  }

  async save() {
    clearTimeout(this.timer);
    this.timer = null;
    if (this.saving) await this.saving;
    if (!this.isDirty || this.isStopped) return undefined;
    this.isDirty = false;
    this.saving = this.post().then((answer) => this.show(answer), () => this.tryAgain());
    await this.saving;
    this.saving = null;
    return undefined;
  }

  // The line is broken: what is typed stays on the page, and is sent again.
  tryAgain() {
    this.isDirty = true;
    this.tell(this.form.dataset.unsaved);
    if (!this.isLeaving) this.note(8000);
  }

  async post() {
    const typed = new FormData(this.form);
    typed.delete("form_token"); // the token is for the form's own post
    typed.set("step", this.form.dataset.step);
    const response = await fetch(this.form.dataset.autosave, { method: "POST", body: new URLSearchParams(typed), keepalive: true });
    const isAnswer = (response.headers.get("Content-Type") || "").startsWith("application/json");
    return isAnswer ? response.json() : { words: this.form.dataset.unsaved, is_stale: true };
  }

  show(answer) {
    if (answer.version) this.form.elements.version.value = answer.version;
    this.isStopped = Boolean(answer.is_stale); // only the form's own post shows why
    this.tell(answer.words);
    if (answer.checked) this.form.dispatchEvent(new CustomEvent("checked", { detail: answer.checked })); // coach.js shows it
  }
}

const isSearch = (field) => (field.name || "").startsWith("find_");

/* 2. The picker: a combobox over the page's own check boxes. -------------------------------------------------------------- */
const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").match(/[\p{L}\p{N}]+/gu) || [];
const begins = (wanted, text) => {
  const words = fold(text);
  return wanted.every((start) => words.some((word) => word.startsWith(start)));
};
const leads = (wanted, text) => (fold(text)[0] || "").startsWith(wanted[0]) && begins(wanted, text);

function enhancePicker(root, keeper) {
  const words = root.dataset;
  const field = root.querySelector("input[type=text]");
  const status = root.querySelector("[data-says]");
  const chosen = root.querySelector("[data-chosen]");
  const boxes = [...root.querySelectorAll("input[type=checkbox]")];
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
      const also = box.dataset.also.split(";");
      const leading = also.find((name) => leads(wanted, name));
      const other = also.find((name) => begins(wanted, name));
      if (begins(wanted, box.dataset.group)) ranked.push([0, box, ""]);
      else if (leads(wanted, box.dataset.words)) ranked.push([1, box, ""]);
      else if (leading) ranked.push([2, box, leading]);
      else if (begins(wanted, `${box.dataset.group} ${box.dataset.words}`)) ranked.push([3, box, ""]);
      else if (other) ranked.push([4, box, other]);
    }
    return ranked.sort((one, two) => one[0] - two[0]).map(([, box, other]) => ({ box, other, wanted }));
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

  const show = () => {
    const found = find();
    close();
    if (!found) { status.textContent = ""; return; }
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
      also.textContent = say(words.also, { words: other });
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
    field.focus();
  };

  field.addEventListener("input", show);
  field.addEventListener("keydown", (event) => {
    const isOpen = !list.hidden;
    if (event.key === "Enter") {
      event.preventDefault(); // Enter adds; it never sends the page
      if (isOpen && active >= 0) add(list.children[active].dataset.key);
    } else if (isOpen && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      point(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Escape" && (isOpen || field.value)) {
      event.preventDefault();
      field.value = "";
      close();
      status.textContent = "";
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the field
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) add(option.dataset.key);
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

/* 3. The legal ground is asked only where consent was not obtained. ------------------------------------------------------- */
function showGroundWhenNeeded(form, consent) {
  const ground = form.querySelector("#div_id_legal_ground");
  const fit = () => {
    const given = [...consent].find((one) => one.checked);
    if (ground) ground.hidden = !given || given.value === "consent:YES";
  };
  for (const one of consent) one.addEventListener("change", fit);
  fit();
}
