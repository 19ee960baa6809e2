// The list of incidents: filters, chart and map change what is shown without leaving the page, and the
// address with it. Without this script each of them is a link or a form.
import { brush } from "./brush.js";
import { show } from "./parts.js";

const section = document.querySelector("[data-map]");
const narrowing = document.querySelector("[data-narrowing]");
let map = null;

document.documentElement.classList.add("has-scripts");

/** Show what an address asks for. Moves of the map in a row are one step of the history. */
async function go(address, { isMove = false, target = null } = {}) {
  const isInARow = isMove && history.state?.isMove;
  history[isInARow ? "replaceState" : "pushState"]({ isMove }, "", address);
  await arrive(address, { isMove });
  if (target) document.getElementById(target)?.focus();
}

async function arrive(address, { isMove = false } = {}) {
  const where = await show(address);
  if (!where) return;
  // A place that was named is told by its number.
  if (where !== location.href) history.replaceState(history.state, "", where);
  prepare();
  if (!isMove) map?.fit();
  map?.draw();
}

/** This page's parameters with others; what is null is taken out, and the list begins anew. */
function withParameters(changes) {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries({ ...changes, cursor: null })) {
    if (value === null) address.searchParams.delete(name);
    else address.searchParams.set(name, value);
  }
  return readable(address);
}

/** An address whose commas can be read, as the server writes it. */
function readable(address) {
  address.search = address.search.replaceAll("%2C", ",").replaceAll("%3A", ":");
  return address.href;
}

function moved(box) {
  const isNarrowing = narrowing.querySelector("input").checked;
  go(withParameters(isNarrowing ? { bbox: box, view: null } : { view: box, bbox: null }), {
    isMove: true,
  });
}

function prepare() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = !navigator.clipboard;
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest('[data-part="filters"]');
  if (!form) return;
  event.preventDefault();
  const address = new URL(form.action);
  for (const name of new Set(new FormData(form).keys())) {
    const values = new FormData(form).getAll(name).filter((value) => value.trim());
    if (values.length) address.searchParams.set(name, [...new Set(values)].join(","));
  }
  go(readable(address));
});

document.addEventListener("click", (event) => {
  const copied = event.target.closest("[data-copy]");
  if (copied) navigator.clipboard.writeText(document.getElementById(copied.dataset.copy).value);
  const link = event.target.closest("a[data-stay]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.href, { target: link.dataset.stay });
});

window.addEventListener("popstate", () => arrive(location.href));

brush(document.querySelector("[data-timeline]"), (first, last) =>
  go(withParameters({ date_from: first, date_to: last })),
);

narrowing.querySelector("input").addEventListener("change", () => {
  const { searchParams } = new URL(location.href);
  const box = searchParams.get("bbox") ?? searchParams.get("view");
  if (box) moved(box);
});

// The map's own script is long: it is fetched when somebody turns to the map, which is drawn already.
let isTurnedTo = false;

async function turnTo() {
  if (isTurnedTo) return;
  isTurnedTo = true;
  const { begin } = await import("./incident_map.js");
  map = await begin(section, moved);
  if (!map) return;
  narrowing.hidden = false;
  narrowing.querySelector("input").checked = !new URL(location.href).searchParams.has("view");
}

const watcher = new IntersectionObserver((seen) => {
  if (seen.some((each) => each.isIntersecting)) turnTo();
});
window.addEventListener("scroll", () => watcher.observe(section), { once: true, passive: true });
section.addEventListener("pointerenter", turnTo);
section.addEventListener("focusin", turnTo);
prepare();
