/* What axe cannot say of a page. Each check gives a list of sentences, each with the place; an empty list is a pass.
   A check that looks at a size, a place or a colour is asked again in each window and medium. */
"use strict";

window.everyone = (() => {
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const FIELDS = "input:not([type=hidden]), select, textarea";
const PRESSED = `a[href], button, summary, ${FIELDS}, [role=option], [role=button], [tabindex]:not([tabindex="-1"])`;
const REFERENCES = ["for", "form", "list", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-activedescendant", "aria-errormessage", "aria-details"];

const isShown = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length > 0;
const isForTheEar = (one) => {
  for (let each = one; each; each = each.parentElement) {
    if (getComputedStyle(each).clipPath === "inset(50%)" || (each !== one && each.clientWidth <= 1 && each.clientHeight <= 1 && getComputedStyle(each).overflow === "hidden")) return true;
  }
  return false;
};
const words = (one) => (one.getAttribute("aria-label") || one.innerText || one.value || one.textContent || "").trim().replace(/\s+/g, " ").slice(0, 40);
const place = (one) => `${one.tagName.toLowerCase()}${one.id ? `#${one.id}` : ""}${typeof one.className === "string" && one.className ? `.${one.className.split(/\s+/).join(".")}` : ""} “${words(one)}”`;

/* 1. Order: one h1, no level left out, ids once, every reference leads somewhere, the language is said. */
function order() {
  const wrong = [];
  const heads = all("h1, h2, h3, h4, h5, h6").filter((head) => isShown(head));
  const levels = heads.map((head) => Number(head.tagName[1]));
  if (levels.filter((level) => level === 1).length !== 1) wrong.push(`${levels.filter((level) => level === 1).length} h1`);
  heads.forEach((head, at) => {
    if (!head.innerText.trim()) wrong.push(`an empty heading: ${place(head)}`);
    const isSummary = head.closest(".error-summary") !== null;
    if (at < levels.indexOf(1) && !isSummary) wrong.push(`before the h1: ${place(head)}`);
    if (at && levels[at] > levels[at - 1] + 1) wrong.push(`h${levels[at]} after h${levels[at - 1]}: ${place(head)}`);
  });
  const ids = all("[id]").map((one) => one.id);
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) wrong.push(`the id ${id} stands ${ids.filter((each) => each === id).length} times`);
  for (const name of REFERENCES) {
    for (const one of all(`[${name}]:not([type=hidden])`)) {
      for (const id of one.getAttribute(name).split(/\s+/).filter(Boolean)) {
        if (!document.getElementById(id)) wrong.push(`${name}="${id}" leads nowhere: ${place(one)}`);
      }
    }
  }
  for (const link of all("a[href^='#']")) {
    const id = decodeURIComponent(link.hash.slice(1));
    if (id && !document.getElementById(id)) wrong.push(`#${id} leads nowhere: ${place(link)}`);
  }
  if (all("main").length !== 1) wrong.push(`${all("main").length} main`);
  if (!document.title.trim()) wrong.push("no title");
  if (!["en-ca", "fr-ca"].includes(document.documentElement.lang)) wrong.push(`lang is ${document.documentElement.lang}`);
  for (const field of all(`main :is(${FIELDS})`)) {
    if (isShown(field) && field.labels?.length === 0 && !field.getAttribute("aria-label") && !field.getAttribute("aria-labelledby")) wrong.push(`no label: ${place(field)}`);
  }
  for (const mark of all("main label, main legend")) if (/\*\s*$/.test(mark.innerText)) wrong.push(`a star says “required”: ${place(mark)}`);
  return wrong;
}

/* 2. Errors: each is seen, its field leads to it, the summary to the field, the title begins with it, the focus is at the summary. */
function errors() {
  const wrong = [];
  const summary = document.querySelector(".error-summary");
  const told = all(".invalid-feedback");
  if (!summary) return told.map((one) => `an error outside of a summary: ${place(one)}`);
  if (!/^(Error:|Erreur\u00a0:)/.test(document.title.trim())) wrong.push(`the title is “${document.title.trim().slice(0, 30)}”`);
  if (document.activeElement !== summary) wrong.push(`the focus is at ${place(document.activeElement)}`);
  const inSummary = all("li", summary).map((line) => line.innerText.trim());
  if (!inSummary.length) wrong.push("an empty summary");
  for (const link of all("a", summary)) {
    const field = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field || !(field.matches(FIELDS) || field.matches("fieldset, [tabindex]"))) wrong.push(`leads to no field: ${place(link)}`);
    else if (!isShown(field)) wrong.push(`leads to what is not there: ${place(link)}`);
  }
  for (const one of told) {
    if (!isShown(one)) wrong.push(`an error that nobody sees: ${place(one)}`);
    const said = one.innerText.trim();
    if (!said) wrong.push(`an error without words: ${place(one)}`);
    const holder = one.id && all(`[aria-describedby~="${CSS.escape(one.id)}"], [aria-errormessage~="${CSS.escape(one.id)}"]`)[0];
    if (!holder) wrong.push(`no field leads to ${place(one)}`);
    else if (holder.matches(FIELDS) && holder.getAttribute("aria-invalid") !== "true") wrong.push(`not marked as wrong: ${place(holder)}`);
    for (const line of said.split("\n").map((each) => each.trim()).filter(Boolean)) {
      if (!inSummary.some((each) => each.includes(line) || line.includes(each))) wrong.push(`not in the summary: ${line}`);
    }
  }
  for (const field of all('[aria-invalid="true"]')) {
    const ids = (field.getAttribute("aria-describedby") || "").split(/\s+/).filter(Boolean);
    const group = field.closest("fieldset[aria-describedby]");
    if (group) ids.push(...group.getAttribute("aria-describedby").split(/\s+/));
    if (!ids.some((id) => document.getElementById(id)?.closest(".invalid-feedback"))) wrong.push(`wrong, and does not say what: ${place(field)}`);
  }
  return wrong;
}

/* 3. Where the reading goes on after an act: at a heading, a status, a summary, or a place in the page; never at the top. */
function goesOn() {
  const here = document.activeElement;
  if (!here || here === document.body || here === document.documentElement) return ["the focus is at the top of the page"];
  if (!here.closest("main")) return [`the focus is at ${place(here)}`];
  if (here.matches("main")) return ["the focus is at the whole page"];
  return [];
}

/* 4. Focus: at each stop a ring is drawn, and nothing lies over it. */
function stops() {
  return all(PRESSED).filter((one) => isShown(one) && !one.disabled && one.tabIndex >= 0 && !one.closest("[inert]"))
    .filter((one) => one.type !== "radio" || one.checked || !all(`input[type=radio][name="${CSS.escape(one.name)}"]`).some((each) => each.checked));
}
function focus() {
  const wrong = [];
  const before = document.activeElement;
  const [x, y] = [scrollX, scrollY];
  for (const one of stops()) {
    if (document.activeElement === one) one.blur(); // what has the focus already is not brought into sight by asking for it
    one.focus();
    if (document.activeElement !== one) { wrong.push(`takes no focus: ${place(one)}`); continue; }
    const style = getComputedStyle(one);
    const isDrawn = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || one.closest(".listbox");
    if (one.matches(":focus-visible") && !isDrawn) wrong.push(`no ring: ${place(one)}`);
    if (!one.matches(":focus-visible")) wrong.push(`not drawn as focused: ${place(one)}`);
    const boxes = [...one.getClientRects()].filter((box) => box.width && box.height);
    const [box] = boxes;
    const edge = Math.min(5, box.height / 4);
    const seen = [[box.left + box.width / 2, box.top + box.height / 2], [box.left + 2, box.top + edge], [box.right - 2, box.top + edge], [box.left + 2, box.bottom - edge], [box.right - 2, box.bottom - edge]]
      .filter(([left, top]) => left >= 0 && top >= 0 && left < innerWidth && top < innerHeight);
    if (!seen.length) { wrong.push(`out of sight: ${place(one)} at ${Math.round(box.left)},${Math.round(box.top)}`); continue; }
    for (const [left, top] of seen) {
      const over = document.elementFromPoint(left, top);
      if (over && over !== one && !one.contains(over) && !over.contains(one) && !one.labels?.length) { wrong.push(`${place(over)} lies over ${place(one)}`); break; }
    }
  }
  before?.focus?.({ preventScroll: true });
  scrollTo(x, y);
  return wrong;
}

/* 5. Targets: what is pressed is large enough; a link within a sentence has the height of its line. */
function boxOf(one) {
  const boxes = [one, ...(["checkbox", "radio"].includes(one.type) ? one.labels || [] : [])].map((each) => each.getBoundingClientRect());
  const [left, top] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))];
  return { width: Math.max(...boxes.map((box) => box.right)) - left, height: Math.max(...boxes.map((box) => box.bottom)) - top };
}
function isInASentence(one) {
  if (!one.matches("a[href], button.as-link") || getComputedStyle(one).display !== "inline") return false;
  const around = one.closest("p, li, dd, td, caption, .form-text, span") || one.parentElement;
  return around.innerText.trim().length > one.innerText.trim().length;
}
function targets(least, where = "body") {
  return all(PRESSED, document.querySelector(where) || document).filter((one) => isShown(one) && !isForTheEar(one) && !one.closest(".skip, .table-region > [tabindex]"))
    .filter((one) => !one.matches(".table-region, [role=region], .skip") && !isInASentence(one) && !(least > 24 && one.closest(".error-summary")))
    .map((one) => [one, boxOf(one)]).filter(([, box]) => box.height < least - 0.5 || box.width < Math.min(least, 24) - 0.5)
    .map(([one, box]) => `${Math.round(box.width)} × ${Math.round(box.height)}: ${place(one)}`);
}

/* 6. Reflow: nothing is wider than the window but what scrolls by itself and says so. */
function scrolls(one) {
  for (let each = one.parentElement; each && each !== document.body; each = each.parentElement) {
    if (["auto", "scroll"].includes(getComputedStyle(each).overflowX)) return each;
  }
  return null;
}
function reflow() {
  const wide = document.documentElement.clientWidth;
  const wrong = document.documentElement.scrollWidth > wide ? [`the page is ${document.documentElement.scrollWidth} wide, the window ${wide}`] : [];
  for (const one of all("body *")) {
    if (!isShown(one) || isForTheEar(one) || one.closest("svg") !== null && one.tagName !== "svg") continue;
    const box = one.getBoundingClientRect();
    if ((box.right > wide + 1 || box.left < -1) && box.width > 1 && !scrolls(one) && !one.matches(".skip")) wrong.push(`over the edge, ${Math.round(box.left)} to ${Math.round(box.right)}: ${place(one)}`);
  }
  return wrong.slice(0, 5);
}

/* 7. Text: with more space, or zoomed, nothing is cut off and no text lies over another. */
function texts() {
  const wrong = [];
  const boxes = [];
  const reader = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = reader.nextNode(); text; text = reader.nextNode()) {
    const one = text.parentElement;
    if (!text.data.trim() || one.closest("script, style, template, option, svg, select, textarea, .skip") || !isShown(one) || isForTheEar(one)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) if (box.width > 1 && box.height > 1) boxes.push([box, one]);
    for (let each = one; each && each !== document.body; each = each.parentElement) {
      const style = getComputedStyle(each);
      const isCut = ["hidden", "clip"];
      if ((isCut.includes(style.overflowY) && each.scrollHeight > each.clientHeight + 2) || (isCut.includes(style.overflowX) && each.scrollWidth > each.clientWidth + 2)) {
        if (each.clientHeight > 1) wrong.push(`cut off: ${place(each)}`);
      }
    }
  }
  boxes.sort(([a], [b]) => a.top - b.top);
  boxes.forEach(([one, of], at) => {
    for (let next = at + 1; next < boxes.length && boxes[next][0].top < one.bottom - 3; next += 1) {
      const [other, from] = boxes[next];
      const over = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const under = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      const spare = 0.35 * Math.min(one.height, other.height);
      const isLaidOver = [of, from].some((each) => getComputedStyle(each).position === "absolute" || each.closest(".foot-bar, thead"));
      if (over > 3 && under > spare && of !== from && !of.contains(from) && !from.contains(of) && !isLaidOver) wrong.push(`${place(of)} and ${place(from)} lie over each other`);
    }
  });
  return [...new Set(wrong)].slice(0, 5);
}

/* A sheet that the page wears for a moment. */
function wear(rules) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [sheet];
}
const SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }";
function worn(rules) {
  wear(rules);
  const wrong = [...reflow(), ...texts()];
  document.adoptedStyleSheets = [];
  return wrong;
}
const spaced = () => worn(SPACED);
/* 8. Motion, asked for less of: none. */
function still() {
  return all("*").flatMap((one) => {
    const style = getComputedStyle(one);
    const moves = (style.animationName !== "none" && parseFloat(style.animationDuration) > 0) || style.transitionDuration.split(",").some((each) => parseFloat(each) > 0) || style.scrollBehavior === "smooth";
    return moves ? [`moves: ${place(one)}`] : [];
  });
}

/* 9. Forced colours: what was told by a ground is told by a line. */
function lined() {
  const told = ".badge:not(.withheld .badge), .notice, .btn:not(.btn-link), .choice, .strip li, .withheld, .error-summary, .form-control, .form-select, .panel";
  const has = (one) => ["Top", "Right", "Bottom", "Left"].some((side) => {
    const style = getComputedStyle(one);
    return parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Style`] !== "none" && style[`border${side}Color`] !== style.backgroundColor;
  });
  const wrong = all(told).filter((one) => isShown(one) && !isForTheEar(one) && !has(one)).map((one) => `no line around ${place(one)}`);
  const weight = (one) => getComputedStyle(one).borderTopWidth;
  for (const pressed of all('.choice[aria-pressed="true"]')) {
    const other = pressed.parentElement.querySelector('.choice[aria-pressed="false"]');
    if (other && weight(other) === weight(pressed)) wrong.push(`pressed, and looks like the others: ${place(pressed)}`);
  }
  return wrong;
}

async function axeSays(tags, rules) {
  const only = rules ? { type: "rule", values: rules } : { type: "tag", values: tags };
  const found = await axe.run(document, { runOnly: only, resultTypes: ["violations"], preload: false });
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target} (${node.any.concat(node.all, node.none).map((why) => why.message)[0] || ""})`));
}

return { order, errors, goesOn, focus, targets, reflow, spaced, texts, still, lined, axeSays };
})();
