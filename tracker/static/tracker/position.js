// A map beside a position's text field. It only writes the text: the server reads and judges it.
import {
  ARROWS,
  L,
  STEP,
  boundsOf,
  drawHeld,
  fetched,
  isStill,
  makeMap,
  nameAround,
  outline,
  tilesOf,
  written,
} from "./map.js";

const $ = window.django.jQuery;
const DECIMAL = /^\s*([-+]?\d{1,2}(?:\.\d+)?)[\s,;]+([-+]?\d{1,3}(?:\.\d+)?)\s*$/;

function read(text) {
  const [, latitude, longitude] = DECIMAL.exec(text) ?? [];
  if (latitude === undefined || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null;
  return L.latLng(Number(latitude), Number(longitude));
}

/** Precision and radius, filled in by the kind of the place until someone types there. */
class Proposal {
  constructor(form) {
    this.boxes = ["geo_precision", "radius_m"].map((name) => form.elements.namedItem(name));
    this.isWhole = this.boxes.every(Boolean);
    this.untouched = new Set(this.boxes.filter((box) => box?.value === ""));
    for (const box of this.boxes) {
      box?.addEventListener("input", () => this.untouched.delete(box));
    }
  }

  make(place) {
    if (!this.isWhole) return;
    const values = [place?.geo_precision, place?.radius_m];
    this.boxes.forEach((box, at) => {
      if (this.untouched.has(box)) box.value = values[at] ?? "";
    });
  }

  /** What a saved form holds is a proposal still where it is just what the place proposes. */
  recognize(place) {
    if (!this.isWhole || !place) return;
    const values = [place.geo_precision, place.radius_m];
    this.boxes.forEach((box, at) => {
      if (box.value === String(values[at] ?? "")) this.untouched.add(box);
    });
  }

  get radius() {
    return this.isWhole ? Number(this.boxes[1].value) || 0 : 0;
  }

  follow(onChange) {
    if (this.isWhole) this.boxes[1].addEventListener("input", onChange);
  }
}

class PositionPicker {
  constructor(element) {
    this.element = element;
    this.texts = element.dataset;
    this.input = element.querySelector("input");
    this.said = element.querySelector("[data-said]");
    this.container = element.querySelector("[data-map]");
    this.proposal = new Proposal(this.input.form);
    this.select = this.input.form.querySelector("#id_place, #id_parent");
    this.selected = this.select?.value;
    this.place = null;
    element.querySelector("[data-picker]").hidden = false;
    this.draw();
    this.listen();
    this.begin();
  }

  draw() {
    this.map = makeMap(this.container, this.texts);
    this.tiles = tilesOf(this.texts);
    this.around = L.layerGroup().addTo(this.map);
    this.reach = L.layerGroup().addTo(this.map);
    this.circle = L.circle([0, 0], { interactive: false, className: "position-circle" });
    this.marker = L.marker([0, 0], {
      draggable: true,
      autoPan: true,
      keyboard: false,
      alt: this.texts.textPoint,
    });
  }

  listen() {
    this.map.on("click", (event) => this.put(event.latlng));
    this.marker.on("drag", () => this.encircle());
    this.marker.on("dragend", () => this.put(this.marker.getLatLng()));
    this.input.addEventListener("input", () => this.show(read(this.input.value)));
    this.proposal.follow(() => this.encircle());
    this.container.addEventListener("keydown", (event) => this.key(event));
    this.element.querySelector("[data-move]").addEventListener("click", () => this.move(0, 0));
    this.element.querySelector("[data-clear]").addEventListener("click", () => this.clear());
    // Only jQuery hears of what is chosen in its search field.
    // The admin says so once more at the start, when nothing has changed.
    if (this.select) {
      $(this.select).on("change", () => {
        if (this.select.value !== this.selected) this.choose(this.select.value);
        this.selected = this.select.value;
      });
    }
  }

  async begin() {
    const point = read(this.input.value);
    this.map.setView(point ?? [0, 0], point ? 12 : 1);
    this.show(point);
    const held = await fetched(this.texts.boundaries);
    if (held) drawHeld(this.map, held);
    if (held?.bbox && !this.point) this.look(boundsOf(held.bbox));
    await this.choose(this.input.dataset.ownPlace || this.select?.value, { isFirst: true });
    this.proposal.recognize(this.place);
    // Not before it is known where to look: each tile asked for tells that to another server.
    this.tiles?.addTo(this.map);
    const name = () => nameAround(this.map, this.around, this.texts.places);
    this.map.on("moveend", name);
    name();
  }

  look(box) {
    this.map.fitBounds(box, { maxZoom: 14, animate: false });
  }

  /** Draw the place chosen, and look there; but the first time a point stays in view. */
  async choose(number, { isFirst = false } = {}) {
    this.asked = number;
    const address = this.texts.place.replace("/0.json", `/${number}.json`);
    const place = number ? await fetched(address) : null;
    if (this.asked !== number) return; // Another has been chosen meanwhile.
    this.place = place;
    this.proposal.make(place);
    this.reach.clearLayers();
    this.encircle();
    if (!place) return;
    if (place.boundary) {
      const feature = { type: "Feature", geometry: place.boundary };
      outline(feature, "position-reach").addTo(this.reach);
    }
    const box = this.boxOf(place);
    if (box && !(isFirst && this.point)) this.look(box);
  }

  boxOf(place) {
    if (this.reach.getLayers().length) return this.reach.getLayers()[0].getBounds();
    const start = this.start();
    return start?.toBounds(6 * (place.radius_m ?? 100_000));
  }

  start() {
    const { latitude, longitude } = this.place ?? {};
    return latitude == null ? null : L.latLng(latitude, longitude);
  }

  key(event) {
    if (event.target !== this.container || event.ctrlKey || event.altKey || event.metaKey) return;
    const far = event.shiftKey ? 10 * STEP : STEP;
    if (event.key in ARROWS) this.move(...ARROWS[event.key].map((pixels) => pixels * far));
    else if (event.key === "+" || event.key === "=") this.zoom(1);
    else if (event.key === "-") this.zoom(-1);
    else if (event.key === "Delete" || event.key === "Backspace") this.clear();
    else return;
    event.preventDefault();
  }

  /** Move the point by pixels; where there is none, begin at the place or in the middle. */
  move(right, down) {
    const from = this.point ?? this.start() ?? this.map.getCenter();
    const zoom = this.map.getZoom();
    this.put(this.map.unproject(this.map.project(from, zoom).add([right, down]), zoom));
    this.container.focus();
  }

  zoom(steps) {
    this.map.setZoomAround(this.point ?? this.map.getCenter(), this.map.getZoom() + steps);
  }

  put(point) {
    this.input.value = written(point);
    this.show(read(this.input.value));
    this.say(this.texts.textMoved.replace("{}", this.input.value));
    this.container.focus({ preventScroll: true });
  }

  clear() {
    this.input.value = "";
    this.show(null);
    this.say(this.texts.textCleared);
  }

  say(text) {
    this.said.textContent = text;
  }

  show(point) {
    this.point = point;
    if (point) {
      this.marker.setLatLng(point).addTo(this.map);
      this.map.panInside(point, { padding: [40, 40], animate: !isStill });
    } else this.marker.remove();
    this.encircle();
  }

  /** How far off it may be: around the point, or around the place where there is none. */
  encircle() {
    const centre = this.point ? this.marker.getLatLng() : this.start();
    const radius = this.proposal.radius;
    if (centre && radius) this.circle.setLatLng(centre).setRadius(radius).addTo(this.map);
    else this.circle.remove();
  }
}

for (const element of document.querySelectorAll("[data-position]")) new PositionPicker(element);
