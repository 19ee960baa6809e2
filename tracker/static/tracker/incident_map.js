// The map of incidents, moved freely: it draws what the server's own map of the same view holds.
const LEAST = 12; // Pixels: an area that is smaller is drawn as a dot.
const DIGIT = 8; // Pixels, about.

/** The box of a map as a query string tells it. */
function told(bounds) {
  const sides = [
    Math.max(bounds.getWest(), -180),
    Math.max(bounds.getSouth(), -85),
    Math.min(bounds.getEast(), 180),
    Math.min(bounds.getNorth(), 85),
  ];
  return sides.map((side) => Number(side.toFixed(4))).join(",");
}

async function loaded({ leaflet, look }) {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = look;
  const dressed = new Promise((done) => sheet.addEventListener("load", done, { once: true }));
  document.head.prepend(sheet);
  await Promise.all([import(leaflet), dressed]);
  return import("./map.js");
}

/** Put a map that can be moved over the drawn one. `moved` is told the box it was moved to. */
export async function begin(section, moved) {
  const holder = section.querySelector("[data-live]");
  const { L, boundsOf, drawHeld, fetched, makeMap, outline, tilesOf } = await loaded(section.dataset);
  if (!section.querySelector("[data-drawn]")) return null;
  holder.hidden = false;
  holder.tabIndex = 0;
  section.classList.add("is-live");
  const map = makeMap(holder, section.dataset, { keyboard: true });
  const shapes = L.layerGroup().addTo(map);
  let isTouched = false;

  function drawn() {
    return section.querySelector("[data-drawn]");
  }

  /** Show the part of the earth that the drawn map shows. */
  function fit() {
    isTouched = false;
    map.fitBounds(boundsOf(numbers(drawn().dataset.box)), { animate: false });
  }

  function draw() {
    if (!drawn()) return;
    shapes.clearLayers();
    const { narrowed, zones } = drawn().dataset;
    outline(JSON.parse(zones), "zone").addTo(shapes);
    if (narrowed) {
      const look = { className: "narrowed", interactive: false };
      L.rectangle(boundsOf(numbers(narrowed)), look).addTo(shapes);
    }
    drawn().querySelectorAll("a[data-box]").forEach(drawShape);
  }

  function drawShape(link) {
    const { box, look, number } = link.dataset;
    const bounds = boundsOf(numbers(box));
    const corner = map.latLngToLayerPoint(bounds.getNorthWest());
    const width = map.latLngToLayerPoint(bounds.getSouthEast()).x - corner.x;
    const isCell = look.startsWith("cell");
    const shape =
      width < LEAST && !isCell
        ? L.circleMarker(bounds.getCenter(), { radius: 6, className: `${look} dot` })
        : L.rectangle(bounds, { className: look });
    shape.addTo(shapes);
    if (isCell) shape.on("click", () => map.fitBounds(bounds));
    else shape.bindPopup(() => named(link), { closeButton: false });
    if (number === "1" && !isCell) return;
    const holdsNumber = width >= DIGIT * number.length;
    if (isCell && !holdsNumber) {
      shape.bindTooltip(number);
      return;
    }
    const direction = holdsNumber ? "center" : "right";
    shape.bindTooltip(number, { permanent: true, direction, className: "map-number" });
  }

  for (const name of ["pointerdown", "wheel", "keydown"]) {
    holder.addEventListener(name, () => (isTouched = true), { capture: true, passive: true });
  }
  map.on("moveend", () => (isTouched ? moved(told(map.getBounds())) : undefined));
  map.on("zoomend", draw);
  fit();
  tilesOf(section.dataset)?.addTo(map);
  fetched(section.dataset.boundaries).then((held) => held && drawHeld(map, held, "outline"));
  draw();
  return { draw, fit };
}

function numbers(box) {
  return box.split(",").map(Number);
}

function named(link) {
  const copy = document.createElement("a");
  copy.href = link.getAttribute("href");
  copy.textContent = link.querySelector("title").textContent;
  copy.target = document.body.classList.contains("embedded") ? "_blank" : "";
  return copy;
}
