/* What is typed is kept on the server: soon after an answer changes, eight seconds after a key at the latest, and when the page
   is left. Nothing is kept in the browser, and every sentence comes from the page or from the server. */
"use strict";

const AGAIN = 8000; // milliseconds until what was not saved is sent again
// The server's own answer, parsed and never put in place of this page (js/table.js).
const trusted = globalThis.tablePolicy;

class Keeper {
  constructor(form) {
    this.form = form;
    this.isDirty = this.isLeaving = this.isStopped = false;
    this.timer = this.saving = this.brokenAt = null;
    this.due = 0;
    form.addEventListener("input", (event) => {
      if (isSearch(event.target)) return;
      // While words are typed, the checker is asked when the typing pauses.
      this.note(event.target.name === "why_now" ? 1500 : AGAIN);
    });
    form.addEventListener("change", (event) => isSearch(event.target) || this.note(300));
    form.addEventListener("submit", (event) => this.waitFor(event));
    document.addEventListener("submit", (event) => {
      if (event.target !== form && !event.defaultPrevented) this.finishBefore(event, () => event.target.submit());
    });
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      const stays = !link || link.target || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey;
      if (stays || link.origin !== location.origin || link.getAttribute("href").startsWith("#")) return;
      this.finishBefore(event, () => location.assign(link.href));
    });
    window.addEventListener("beforeunload", () => !this.isLeaving && this.save()); // before the next page is asked for
    window.addEventListener("pagehide", () => this.leave());
    document.addEventListener("visibilitychange", () => document.hidden && this.isDirty && this.save()); // a phone may never come back
    for (const sign of ["online", "focus"]) addEventListener(sign, () => this.brokenAt !== null && this.save());
    this.catchUp();
  }

  // The way back may have been quicker than what was typed just before: once that has arrived, it stands in the page.
  async catchUp() {
    if (performance.getEntriesByType("navigation")[0]?.type !== "back_forward") return;
    await new Promise((done) => setTimeout(done, 500));
    const fresh = await this.asked();
    if (fresh && !this.isDirty && fresh.elements.version.value !== this.form.elements.version.value) location.reload();
  }

  // The form of this page, as the server would show it now; or nothing.
  async asked() {
    const page = await fetch(location.href, { redirect: "manual", cache: "no-store" }).catch(() => null);
    if (!page?.ok) return null;
    const text = await page.text();
    return new DOMParser().parseFromString(trusted ? trusted.createHTML(text) : text, "text/html").querySelector("#typed");
  }

  note(wait) {
    this.isDirty = true;
    const due = Date.now() + wait;
    if (this.timer && wait >= AGAIN && this.due <= due) return; // the earlier moment stands
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => this.save(), wait);
  }

  // The form goes once nothing is on its way, so that it carries the newest version. The other language is a button of this
  // form which keeps nothing: so the words are kept first.
  waitFor(event) {
    const changesLanguage = event.submitter?.name === "read_in";
    if (changesLanguage) return this.finishBefore(event, () => this.submit(event.submitter));
    clearTimeout(this.timer);
    this.isLeaving = true;
    if (!this.saving) return undefined;
    event.preventDefault();
    return this.saving.finally(() => { this.saving = null; this.submit(event.submitter); });
  }

  submit(button) {
    this.isDirty = false;
    this.form.requestSubmit(button);
  }

  // Another way off the page: first keep what is typed, for two seconds at most.
  finishBefore(event, go) {
    if ((!this.isDirty && !this.saving) || this.isStopped) return undefined;
    event.preventDefault();
    this.isLeaving = true;
    return Promise.race([this.save(), new Promise((done) => setTimeout(done, 2000))]).finally(go);
  }

  // The tab is closed, or the page before this one is asked for: what is typed goes along without waiting for an answer.
  leave() {
    if (!this.isDirty || this.isLeaving || this.isStopped) return;
    if (this.saving) this.form.elements.version.value = Number(this.form.elements.version.value) + 1; // what is on its way raises it
    this.post().catch(() => {});
  }

  tell(words, isKept = false) {
    const saved = this.form.querySelector(".saved");
    saved.classList.toggle("not-kept", !isKept); // the tick stands for what is kept only
    if (saved.lastChild.textContent !== words) saved.lastChild.textContent = words;
  }

  async save() {
    clearTimeout(this.timer);
    this.timer = null;
    if (this.saving) await this.saving;
    if (!this.isDirty || this.isStopped) return undefined;
    this.isDirty = false;
    this.saving = this.post().then((answer) => this.understand(answer), () => this.tryAgain("unsaved"));
    await this.saving;
    this.saving = null;
    return undefined;
  }

  async post() {
    const typed = new FormData(this.form);
    typed.delete("form_token"); // the token is for the form's own post
    typed.set("step", this.form.dataset.step);
    const body = new URLSearchParams(typed);
    return fetch(this.form.dataset.autosave, { method: "POST", body, keepalive: true, redirect: "manual" });
  }

  async understand(response) {
    const isAnswer = (response.headers.get("Content-Type") || "").startsWith("application/json");
    if (isAnswer && (response.ok || response.status === 409)) return this.show(await response.json());
    if (response.status >= 500 || response.status === 429) return this.tryAgain("unsaved");
    if (response.type === "opaqueredirect" || response.status === 403) return this.signedOut();
    return this.close(); // it was submitted, discarded or is no longer this member's: nothing more is kept here
  }

  // The line is broken: what is typed stays on the page, says since when it is not saved, and is sent again.
  tryAgain(words) {
    this.isDirty = true;
    this.brokenAt ??= this.moment();
    this.tell(this.form.dataset[words].replace("{moment}", this.brokenAt));
    if (!this.isLeaving && this.form.isConnected) this.note(AGAIN);
  }

  // The session is gone: whoever signs in again, in another tab, has it saved here, with the guard of the new session.
  async signedOut() {
    const fresh = (await this.asked())?.elements.csrfmiddlewaretoken.value;
    if (fresh && fresh !== this.guard) {
      this.guard = fresh;
      for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = fresh;
      return this.post().then((answer) => (answer.ok ? this.understand(answer) : this.tryAgain("unsaved")), () => this.tryAgain("unsaved"));
    }
    this.form.querySelector("[data-signed-out]").hidden = false;
    return this.tryAgain("gone");
  }

  close() {
    this.isStopped = true;
    this.brokenAt ??= this.moment();
    this.tell(this.form.dataset.closed.replace("{moment}", this.brokenAt));
  }

  // By the table's clock, which the page was told when it was made.
  moment() {
    const { minutes, moment } = this.form.dataset;
    const now = Math.floor(Number(minutes) + performance.now() / 60000) % 1440;
    const h = Math.floor(now / 60);
    const two = (number) => String(number).padStart(2, "0");
    return moment.replace("{hh}", two(h)).replace("{h}", h).replace("{mm}", two(now % 60));
  }

  show(answer) {
    this.brokenAt = null;
    this.form.querySelector("[data-signed-out]").hidden = true;
    if (answer.version) this.form.elements.version.value = answer.version;
    this.tell(answer.words, answer.is_whole);
    if (answer.is_stale) this.showBoth(answer);
  }

  // Somebody else was quicker: both versions, beside the fields, and the two ways on. Until one is chosen nothing is sent by itself.
  showBoth(answer) {
    this.isStopped = true;
    const box = this.form.querySelector("[data-conflict]");
    const heads = [...box.querySelectorAll("thead th")].map((head) => head.textContent);
    box.querySelector("tbody").replaceChildren(...answer.rows.map((row) => {
      const line = document.createElement("tr");
      line.setAttribute("role", "row");
      line.append(...[row.label, row.yours, row.theirs].map((words, place) => {
        const cell = document.createElement(place ? "td" : "th");
        cell.textContent = words;
        cell.setAttribute("role", place ? "cell" : "rowheader");
        if (place) cell.dataset.label = heads[place];
        else cell.scope = "row";
        return cell;
      }));
      return line;
    }));
    for (const button of box.querySelectorAll("[name=settle]")) button.value = `${button.value.split(":")[0]}:${answer.shown}`;
    const says = box.querySelector("[data-says]");
    const words = [...says.childNodes];
    box.hidden = false;
    says.replaceChildren(...words); // a status is heard when its words come, not when it is uncovered
    box.scrollIntoView({ block: "nearest" });
    const error = this.form.dataset.error;
    if (!document.title.startsWith(error)) document.title = `${error} ${document.title.trim()}`;
    // Nobody who types is taken out of a field: the status is heard there. Whoever is elsewhere begins at the two versions.
    if (!document.activeElement?.matches("input, textarea, select")) box.focus();
  }
}

const isSearch = (field) => (field.name || "").startsWith("find_");
