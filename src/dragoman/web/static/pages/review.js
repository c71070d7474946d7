// Reviewing without waiting: keys, and forms and links of the review page that fetch the next one into this one.
// Without it every button is a form and every link a link.
"use strict";

const place = () => document.querySelector("[data-review]");
const typing = (target) => target.matches("input, textarea, select, [contenteditable]");
const wanted = new Map();
let busy = false;

function page(text, address, push) {
  const made = new DOMParser().parseFromString(text, "text/html").querySelector("[data-review]");
  if (!made) { location.assign(address); return; }
  place().replaceWith(made);
  if (push) history.pushState({ review: true }, "", address);
  const shown = place().querySelector(".looked-at");
  if (shown && shown.getBoundingClientRect().top < 0) shown.scrollIntoView({ block: "start" });
  place().querySelectorAll("select[data-first]").forEach(modes);
  const form = place().querySelector("details.edit[open] [data-first]");
  const status = place().querySelector("#what, .empty");
  if (form) form.focus();
  else if (status) { status.tabIndex = -1; status.focus({ preventScroll: true }); }
  prefetch();
}

// The next page is fetched while this one is read; a decision makes it old.
function prefetch() {
  const link = place().querySelector("a[data-key=j]");
  if (link && !wanted.has(link.href)) {
    wanted.clear();
    wanted.set(link.href, fetch(link.href).then((answer) => (answer.ok ? answer.text() : null)).catch(() => null));
  }
}

async function go(address, push = true) {
  if (busy) return;
  busy = true;
  try {
    const text = (await wanted.get(address)) || (await (await fetch(address)).text());
    wanted.delete(address);
    page(text, address, push);
  } catch { location.assign(address); } finally { busy = false; }
}

async function send(form, button) {
  if (busy) return;
  busy = true;
  place().classList.add("review-busy");
  try {
    const fields = new FormData(form, button);
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(fields), headers: { accept: "text/html" } });
    wanted.clear();
    const text = await answer.text();
    if (answer.ok) page(text, answer.url, true);
    else told(form, text);
  } catch { form.submit(); } finally {
    busy = false;
    place()?.classList.remove("review-busy");
  }
}

// What was wrong with a form, beside it.
function told(form, text) {
  const said = new DOMParser().parseFromString(text, "text/html").querySelector("main .lead");
  const words = said ? said.textContent : text.slice(0, 400);
  let notice = form.querySelector(".notice");
  if (!notice) {
    notice = document.createElement("p");
    notice.className = "notice whole-field";
    notice.setAttribute("role", "alert");
    form.append(notice);
  }
  notice.textContent = words;
}

// Only the modes of the type that is chosen.
function modes(select) {
  const form = select.form;
  const groups = form && form.querySelector("[data-modes]");
  if (!groups) return;
  for (const group of groups.querySelectorAll("optgroup")) group.hidden = group.disabled = group.label !== select.value;
  if (groups.selectedOptions[0]?.parentElement.disabled) groups.value = "";
}

function toggleForm() {
  const details = place().querySelector("details.edit");
  if (!details) return;
  details.open = !details.open;
  if (details.open) details.querySelector("[data-first]").focus();
}

document.addEventListener("toggle", (event) => {
  if (event.target.matches?.("details.edit") && event.target.open) {
    const first = event.target.querySelector("[data-first]");
    modes(first);
    if (!typing(document.activeElement)) first.focus();
  }
}, true);
document.addEventListener("change", (event) => { if (event.target.matches("select[data-first]")) modes(event.target); });

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!place()?.contains(form) || form.method !== "post" || form.action.endsWith("/review/name")) return;
  event.preventDefault();
  send(form, event.submitter);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-key]");
  if (!link || !place()?.contains(link) || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  go(link.href);
});

document.addEventListener("keydown", (event) => {
  if (!place() || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && event.target.closest?.("details.edit")) {
    const details = event.target.closest("details.edit");
    details.open = false;
    details.querySelector("summary").focus();
    return;
  }
  if (typing(event.target)) return;
  if (event.key === "?") {
    const help = place().querySelector("[data-keys-help]");
    help.open = !help.open;
    help.scrollIntoView({ block: "nearest" });
  } else if (event.key === "e") toggleForm();
  else if (/^[jkartu]$/.test(event.key)) {
    const target = place().querySelector(`[data-key="${event.key}"]`);
    if (target) target.click();
  } else return;
  event.preventDefault();
});

window.addEventListener("popstate", () => { if (place()) go(location.href, false); });
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("select[data-first]").forEach(modes);
  if (place()) prefetch();
});
