// The workbench's script. Every page reads and writes without it; it draws the charts and spares some clicks.
"use strict";

const style = () => getComputedStyle(document.documentElement);

// What Vega cannot take from the style sheet.
function themed() {
  const colour = (name) => style().getPropertyValue(name).trim();
  const text = { labelColor: colour("--soft"), titleColor: colour("--soft"), labelFont: "inherit", titleFont: "inherit" };
  const font = getComputedStyle(document.body).fontFamily;
  return {
    font,
    background: "transparent",
    view: { stroke: null },
    axis: {
      ...text, labelFont: font, titleFont: font, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal",
      gridColor: colour("--rule"), domainColor: colour("--rule-strong"), tickColor: colour("--rule-strong"),
    },
    legend: { ...text, labelFont: font, titleFont: font, labelColor: colour("--ink"), labelFontSize: 12 },
    text: { color: colour("--ink"), font },
    rule: { color: colour("--rule-strong") },
    range: { category: ["--q2", "--q4", "--q1", "--q3"].map(colour) },
  };
}

// Colours in a specification are written as "var(--q1)", so that charts follow the theme.
function resolved(value) {
  if (typeof value === "string") {
    const name = /^var\((--[\w-]+)\)$/.exec(value);
    return name ? style().getPropertyValue(name[1]).trim() : value;
  }
  if (Array.isArray(value)) return value.map(resolved);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolved(each)]));
  }
  return value;
}

async function draw(place) {
  delete place.dataset.drawn;
  const spec = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  place.textContent = "";
  // Parts one above the other have no width of their own in Vega-Lite.
  for (const part of spec.vconcat || []) part.width = Math.max(180, place.clientWidth - 62);
  if (spec.vconcat) delete spec.width;
  const { view } = await window.vegaEmbed(place, resolved(spec), {
    actions: false, ast: true, renderer: "svg", defaultStyle: false, tooltip: { disableDefaultStyle: true },
    config: themed(), loader: { http: { credentials: "same-origin" } },
  });
  // The place of the chart is one image with words of its own; its parts are not read out.
  place.querySelector("svg").setAttribute("aria-hidden", "true");
  place.dispatchEvent(new CustomEvent("chart:drawn", { bubbles: true, detail: { view } }));
  place.dataset.drawn = "";
}

// A chart with an interval selection called "brush" over a time field sets ?since= and ?until= of the page.
function followBrush(event) {
  const place = event.target;
  const { view } = event.detail;
  const figure = place.closest("[data-brush]");
  if (!figure) return;
  let chosen = null;
  view.addSignalListener("brush", (_name, value) => { chosen = value; });
  const go = () => {
    const span = chosen && Object.values(chosen)[0];
    if (!span || span.length !== 2) return;
    const day = (time) => new Date(time).toISOString().slice(0, 10);
    const address = new URL(location.href);
    address.searchParams.set("since", day(span[0]));
    address.searchParams.set("until", day(span[1]));
    address.searchParams.delete("page");
    location.assign(address);
  };
  place.addEventListener("pointerup", () => { setTimeout(go, 150); });
}

function drawAll() {
  if (!window.vegaEmbed) return;
  document.querySelectorAll("[data-chart]").forEach((place) => { draw(place).catch((error) => console.error(error)); });
}

// A form marked data-auto is sent when something in it changes; empty fields are left out of its address.
function tidy(form) {
  for (const field of form.elements) if (field.name && field.value === "" && field.type !== "submit") field.disabled = true;
}

document.addEventListener("chart:drawn", followBrush);
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-auto]");
  if (form && event.target.matches("select, input[type=checkbox], input[type=radio], input[type=date]")) form.requestSubmit();
});
document.addEventListener("submit", (event) => {
  if (event.target.method === "get") {
    tidy(event.target);
    setTimeout(() => { for (const field of event.target.elements) field.disabled = false; }, 0);
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input, textarea, select, [contenteditable]")) return;
  const box = document.querySelector("[data-search]");
  if (box) { event.preventDefault(); box.focus(); }
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
window.addEventListener("load", drawAll);
// By now every script of the page listens, its own too: they are all deferred. Whoever sends keys by a program waits for it.
document.addEventListener("DOMContentLoaded", () => { document.documentElement.dataset.ready = ""; });
