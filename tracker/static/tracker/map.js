// What maps share: a map that needs no network, the outlines held, and names to find one's way.
export const L = window.L;

export const STEP = 10; // Pixels an arrow key moves a point; with Shift ten times as many.
export const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const DIGITS = 5; // About a metre.
const CLOSEST = 19;

export const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
const isArabic = document.documentElement.lang.startsWith("ar");

export async function fetched(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    return answer.ok && !answer.redirected ? await answer.json() : null;
  } catch {
    return null; // A map without outlines still sets a point.
  }
}

export function rounded(degrees) {
  return Number(degrees.toFixed(DIGITS));
}

/** A point as people write it: latitude, longitude. */
export function written(point) {
  const { lat, lng } = point.wrap();
  return `${rounded(lat)}, ${rounded(lng)}`;
}

// As text, never as markup.
export function named(thing) {
  const name = document.createElement("bdi");
  name.textContent = (isArabic && thing.name_ar) || thing.name;
  return name;
}

export function outline(features, className) {
  return L.geoJSON(features, {
    interactive: false,
    style: (feature) => ({ className: `${className} ${feature.properties?.kind ?? feature.properties?.rule ?? ""}` }),
  });
}

/** A map; unless `keyboard` its keys are the caller's: the arrow keys move a point, not the map. */
export function makeMap(container, { textCloser, textFarther }, { keyboard = false } = {}) {
  const map = L.map(container, {
    keyboard,
    scrollWheelZoom: false, // The wheel scrolls the page until the map is entered.
    zoomControl: false,
    maxZoom: CLOSEST,
    zoomAnimation: !isStill,
    fadeAnimation: !isStill,
    inertia: !isStill,
  });
  map.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: textCloser, zoomOutTitle: textFarther }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  container.addEventListener("focus", () => map.scrollWheelZoom.enable());
  container.addEventListener("blur", () => map.scrollWheelZoom.disable());
  return map;
}

/** The tiles set, if any. Each one asked for tells another server where one looks. */
export function tilesOf({ tiles, attribution }) {
  return tiles
    ? L.tileLayer(tiles, { attribution: escaped(attribution), maxZoom: CLOSEST })
    : null;
}

/** Draw the outlines held, and name whose they are. */
export function drawHeld(map, { features }, className = "position-outline") {
  outline(features, className).addTo(map).bringToBack();
  for (const whose of new Set(features.map((feature) => feature.properties.attribution))) {
    if (whose) map.attributionControl.addAttribution(escaped(whose));
  }
}

/** A box of west, south, east and north as Leaflet takes it. */
export function boundsOf([west, south, east, north]) {
  return L.latLngBounds([south, west], [north, east]);
}

/** Name the largest places in view, so that a map without tiles tells where one is. */
export async function nameAround(map, layer, address) {
  const view = map.getBounds();
  const box = [
    Math.max(view.getWest(), -180),
    Math.max(view.getSouth(), -90),
    Math.min(view.getEast(), 180),
    Math.min(view.getNorth(), 90),
  ].map((side) => side.toFixed(4));
  const found = await fetched(`${address}?bbox=${box}`);
  if (!found || !view.equals(map.getBounds())) return;
  layer.clearLayers();
  const taken = [];
  for (const place of found.places) {
    const look = { radius: 3, className: "position-place" };
    const dot = L.circleMarker([place.latitude, place.longitude], look).addTo(layer);
    nameDot(dot, place, taken);
  }
}

/** Write a name beside its dot; where another is in the way, only while it is pointed at. */
function nameDot(dot, place, taken) {
  const look = { direction: "right", className: "position-name" };
  dot.bindTooltip(named(place), { ...look, permanent: true });
  const box = dot.getTooltip().getElement().getBoundingClientRect();
  const isFree = taken.every(
    (other) =>
      box.right < other.left ||
      box.left > other.right ||
      box.bottom < other.top ||
      box.top > other.bottom,
  );
  if (isFree) taken.push(box);
  else dot.unbindTooltip().bindTooltip(named(place), look);
}

function escaped(text) {
  const holder = document.createElement("span");
  holder.textContent = text;
  return holder.innerHTML;
}
