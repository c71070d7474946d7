// The page of an article: layers without loading it anew, text and notes that show each other, and an event made of
// selected words. Offsets are counted in code points of the article's own text, as the record counts them.
"use strict";

document.documentElement.classList.add("scripted");
const text = () => document.getElementById("read");
const runsIn = (place) => [...place.querySelectorAll("[data-o]")];

// Layers: the address keeps which are shown; the server makes the text anew.
async function showLayers(form) {
  const chosen = [...form.querySelectorAll("input[type=checkbox]")];
  const address = new URL(location.href);
  address.searchParams.delete("show");
  const on = chosen.filter((box) => box.checked).map((box) => box.value);
  if (on.length < chosen.length) address.searchParams.set("show", ["text", ...on].join(","));
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) { form.submit(); return; }
  const made = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("read");
  if (made) text().replaceWith(document.adoptNode(made));
  history.replaceState(null, "", address);
}

// Text and notes: what is pointed at in one is lit in the other.
function light(kind, numbers, on) {
  for (const run of runsIn(text())) {
    const own = (run.dataset[kind] || "").split(" ");
    if (numbers.some((number) => own.includes(number))) run.classList.toggle("lit", on);
  }
  for (const number of numbers) {
    const note = document.querySelector(`[data-note="${kind.toUpperCase()}${number}"]`);
    if (note) note.classList.toggle("lit", on);
  }
}
function pointed(event, on) {
  const place = event.target.closest && event.target.closest(".tag, [data-note]");
  const label = place && (place.dataset.note || place.textContent);
  if (label && /^[EC]\d+$/.test(label)) light(label[0].toLowerCase(), [label.slice(1)], on);
}

// A click on an event's words goes to its note; a link in them (a mention) is followed, and a selection is no click.
function toNote(event) {
  const run = event.target.closest("#read [data-e]");
  if (!run || event.target.closest("a") || !getSelection().isCollapsed) return;
  const numbers = run.dataset.e.split(" ");
  const note = document.querySelector(`[data-note="E${numbers[numbers.length - 1]}"]`);
  if (note) location.hash = note.id;
}

// How many code points of a run stand before a place in it, with those that were left out of it.
function within(run, units) {
  let at = Array.from(run.textContent.slice(0, units)).length;
  for (const gap of (run.dataset.g || "").split(",")) if (gap !== "" && Number(gap) <= at) at += 1;
  return at;
}
function placeIn(run, node, offset) {
  const before = document.createRange();
  before.selectNodeContents(run);
  before.setEnd(node, offset);
  return before.toString().length;
}
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const runs = runsIn(text()).filter((run) => range.intersectsNode(run));
  if (!runs.length) return null;
  const first = runs[0], last = runs[runs.length - 1];
  const from = first.contains(range.startContainer) ? placeIn(first, range.startContainer, range.startOffset) : 0;
  const to = last.contains(range.endContainer) ? placeIn(last, range.endContainer, range.endOffset) : last.textContent.length;
  const start = Number(first.dataset.o) + within(first, from);
  const end = Number(last.dataset.o) + within(last, to);
  const words = runs.map((run) => run.textContent.slice(run === first ? from : 0, run === last ? to : undefined)).join("");
  return end > start && words.trim() ? { start, end, words, box: range.getBoundingClientRect() } : null;
}
function offer() {
  const button = document.getElementById("picked");
  if (!button) return;
  const found = selected();
  button.hidden = !found;
  if (found) {
    button.style.left = `${Math.max(8, Math.min(found.box.left, innerWidth - 260)) + scrollX}px`;
    button.style.top = `${found.box.bottom + scrollY + 6}px`;
  }
}
function fill() {
  const found = selected();
  const form = document.querySelector("form[data-add]");
  if (!found || !form) return;
  form.elements.start.value = found.start;
  form.elements.end.value = found.end;
  form.elements.words.value = found.words;
  document.getElementById("picked").hidden = true;
  const panel = document.getElementById("add");
  panel.open = true;
  panel.scrollIntoView({ block: "start" });
  form.elements.type.focus();
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-toggles]");
  if (form) showLayers(form).catch(() => form.submit());
});
document.addEventListener("input", (event) => {
  // Words that are typed stand where they are found; the offsets were those of the selection.
  const form = event.target.name === "words" && event.target.closest("form[data-add]");
  if (form) { form.elements.start.value = ""; form.elements.end.value = ""; }
});
for (const [on, kinds] of [[true, ["mouseover", "focusin"]], [false, ["mouseout", "focusout"]]]) {
  for (const kind of kinds) document.addEventListener(kind, (event) => pointed(event, on));
}
document.addEventListener("click", (event) => {
  if (event.target.closest("#picked")) fill(); else toNote(event);
});
document.addEventListener("selectionchange", () => { clearTimeout(offer.wait); offer.wait = setTimeout(offer, 120); });
