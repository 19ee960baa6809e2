// A map that draws an area into a text field as GeoJSON. The server reads and judges the text alone.
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
  named,
  outline,
  rounded,
  tilesOf,
  written,
} from "./map.js";
import { Sketch, read } from "./sketch.js";

const MOST_CORNERS = 300; // Of more in view none can be told from its neighbours.

class ZoneMap {
  constructor(element) {
    this.element = element;
    this.texts = element.dataset;
    this.text = element.querySelector("textarea");
    this.said = element.querySelector("[data-said]");
    this.container = element.querySelector("[data-map]");
    this.rule = this.text.form.querySelector("#id_rule");
    this.agreement = this.text.form.querySelector("#id_agreement");
    this.isHeld = false; // Whether the arrow keys move a corner, or the crosshair.
    element.querySelector("[data-picker]").hidden = false;
    this.draw();
    this.take();
    if (!this.text.readOnly) this.listen();
    this.begin();
  }

  draw() {
    this.map = makeMap(this.container, this.texts).setView([0, 0], 1);
    this.tiles = tilesOf(this.texts);
    [this.around, this.beside, this.drawn, this.handles] = Array.from({ length: 4 }, () =>
      L.layerGroup().addTo(this.map),
    );
    const icon = L.divIcon({ className: "zone-crosshair", iconSize: [24, 24] });
    this.crosshair = L.marker([0, 0], { icon, interactive: false, keyboard: false });
  }

  listen() {
    this.map.on("click", ({ latlng }) => {
      this.isHeld = false;
      this.add(latlng);
      this.container.focus({ preventScroll: true });
    });
    this.map.on("moveend", () => this.drawHandles());
    this.container.addEventListener("keydown", (event) => this.key(event));
    this.container.addEventListener("focus", () => this.aim());
    this.container.addEventListener("blur", () => this.crosshair.remove());
    this.text.addEventListener("change", () => this.take());
    this.rule?.addEventListener("change", () => this.redraw());
    this.agreement?.addEventListener("change", () => this.drawBeside());
    const buttons = {
      draw: () => this.release(),
      undo: () => this.undo(),
      another: () => this.another(),
      remove: () => this.removePolygon(),
    };
    for (const [name, action] of Object.entries(buttons)) {
      this.element.querySelector(`[data-${name}]`).addEventListener("click", () => {
        action();
        this.container.focus();
      });
    }
  }

  async begin() {
    const held = await fetched(this.texts.boundaries);
    if (held) drawHeld(this.map, held);
    await this.drawBeside();
    if (!this.look() && held?.bbox) this.fit(boundsOf(held.bbox));
    // Not before it is known where to look: each tile asked for tells that to another server.
    this.tiles?.addTo(this.map);
    const name = () => nameAround(this.map, this.around, this.texts.places);
    this.map.on("moveend", name);
    name();
  }

  fit(box) {
    this.map.fitBounds(box, { maxZoom: 14, padding: [20, 20], animate: false });
  }

  /** Look at what is drawn, or else at the zones beside it; whether there is anything. */
  look() {
    for (const group of [this.drawn, this.beside]) {
      const drawn = group.getLayers().filter((layer) => layer.getBounds);
      const box = L.featureGroup(drawn).getBounds();
      if (box.isValid()) {
        this.fit(box);
        return true;
      }
    }
    return false;
  }

  /** Take over what the text says. */
  take() {
    const polygons = read(this.text.value);
    this.sketch = new Sketch(polygons ?? []);
    this.isHeld = false;
    if (!polygons) this.say(this.texts.textUnread);
    this.element.querySelector("[data-text]").open =
      !polygons || Boolean(this.element.closest(".errors"));
    this.redraw();
    this.look();
  }

  /** The zones the agreement has already. */
  async drawBeside() {
    const number = this.text.dataset.agreement || this.agreement?.value;
    const address = this.texts.beside.replace("/0.json", `/${number}.json`);
    const held = number ? await fetched(address) : null;
    this.beside.clearLayers();
    for (const feature of held?.features ?? []) {
      if (String(feature.properties.id) === this.text.dataset.own) continue;
      const drawn = outline(feature, "zone-beside").addTo(this.beside);
      // Above it: within it stand the names of places.
      const box = drawn.getBounds();
      const top = [box.getNorth(), box.getCenter().lng];
      const look = { direction: "top", className: "position-name zone-name" };
      L.tooltip(top, { ...look, content: named(feature.properties) }).addTo(this.beside);
    }
  }

  key(event) {
    if (event.target !== this.container || event.altKey) return;
    const far = event.shiftKey ? 10 * STEP : STEP;
    const actions = {
      Enter: () => (this.isHeld ? this.release() : this.add(this.crosshair.getLatLng())),
      PageDown: () => this.step(1),
      PageUp: () => this.step(-1),
      Delete: () => this.removeCorner(),
      Backspace: () => this.removeCorner(),
      "+": () => this.zoom(1),
      "=": () => this.zoom(1),
      "-": () => this.zoom(-1),
    };
    if (this.isHeld) actions.Escape = () => this.release();
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() !== "z") return;
      this.undo();
    } else if (event.key in ARROWS) this.move(ARROWS[event.key].map((pixels) => pixels * far));
    else if (event.key in actions) actions[event.key]();
    else return;
    event.preventDefault();
  }

  add(point) {
    const { lat, lng } = point.wrap();
    this.sketch.add([rounded(lng), rounded(lat)]);
    this.crosshair.setLatLng(point);
    this.changed(true, this.told());
  }

  /** Move the corner in hand, or else the crosshair, by pixels. */
  move(pixels) {
    const zoom = this.map.getZoom();
    const from = this.isHeld ? this.point() : this.crosshair.getLatLng();
    const point = this.map.unproject(this.map.project(from, zoom).add(pixels), zoom);
    if (this.isHeld) {
      const { lat, lng } = point.wrap();
      this.sketch.remember();
      this.sketch.move([rounded(lng), rounded(lat)]);
      this.changed(true, this.told());
    } else {
      this.crosshair.setLatLng(point);
      this.say(this.texts.textCrosshair.replace("{position}", written(point)));
    }
    this.map.panInside(point, { padding: [40, 40], animate: !isStill });
  }

  /** Take the next or the last corner in hand. */
  step(by) {
    if (!this.sketch.step(by)) return;
    this.hold();
    this.map.panInside(this.point(), { padding: [40, 40], animate: !isStill });
  }

  hold() {
    this.isHeld = true;
    this.redraw();
    this.say(this.told());
  }

  /** Let go of a corner: the crosshair goes on from there. */
  release() {
    if (this.isHeld) this.crosshair.setLatLng(this.point());
    this.isHeld = false;
    this.redraw();
  }

  removeCorner() {
    if (this.isHeld) this.release();
    this.changed(this.sketch.removeCorner(), this.texts.textRemoved);
  }

  removePolygon() {
    if (this.isHeld) this.release();
    if (!this.sketch.removeRing()) this.say(this.texts.textWhich);
    else this.changed(true, this.texts.textCleared);
  }

  another() {
    this.release();
    this.sketch.at = null;
    this.redraw();
    this.say(this.texts.textNext);
  }

  undo() {
    const isUndone = this.sketch.undo();
    this.isHeld &&= Boolean(this.sketch.at);
    this.changed(isUndone, this.texts.textUndone);
    if (!isUndone) this.say(this.texts.textNothing);
  }

  zoom(steps) {
    const around = this.isHeld ? this.point() : this.crosshair.getLatLng();
    this.map.setZoomAround(around, this.map.getZoom() + steps);
  }

  changed(isChanged, text) {
    if (!isChanged) return;
    this.text.value = this.sketch.text;
    this.redraw();
    this.say(text);
  }

  point() {
    const [longitude, latitude] = this.sketch.corner;
    return L.latLng(latitude, longitude);
  }

  told() {
    const { polygon, corner } = this.sketch.at;
    const values = {
      corner: corner + 1,
      corners: this.sketch.ring.length,
      polygon: polygon + 1,
      position: written(this.point()),
    };
    return this.texts.textCorner.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);
  }

  say(text) {
    this.said.textContent = text;
  }

  /** Show the crosshair while the keyboard draws, in view. */
  aim() {
    const isKnown = this.map.getBounds().contains(this.crosshair.getLatLng());
    if (!isKnown) this.crosshair.setLatLng(this.map.getCenter());
    if (!this.isHeld) this.crosshair.addTo(this.map);
  }

  redraw() {
    this.drawn.clearLayers();
    const className = `zone-drawn ${this.rule?.value ?? ""}`;
    const turned = (ring) => ring.map(([longitude, latitude]) => [latitude, longitude]);
    for (const rings of this.sketch.polygons) {
      L.polygon(rings.map(turned), { interactive: false, className }).addTo(this.drawn);
    }
    this.drawHandles();
    if (this.isHeld) this.crosshair.remove();
    else if (document.activeElement === this.container) this.aim();
  }

  drawHandles() {
    this.handles.clearLayers();
    if (this.text.readOnly) return;
    const view = this.map.getBounds().pad(0.1);
    const now = JSON.stringify(this.sketch.at);
    const shown = [...this.sketch.corners()].filter(([, [longitude, latitude]]) =>
      view.contains([latitude, longitude]),
    );
    const isCrowded = shown.length > MOST_CORNERS;
    if (isCrowded && !this.said.textContent) this.say(this.texts.textCrowded);
    for (const [at, place] of shown) {
      const isNow = JSON.stringify(at) === now;
      if (isNow || !isCrowded) this.drawHandle(at, place, isNow);
    }
  }

  drawHandle(at, [longitude, latitude], isNow) {
    const state = isNow ? (this.isHeld ? "held" : "last") : "";
    const icon = L.divIcon({ className: `zone-corner ${state}`, iconSize: [24, 24] });
    const handle = L.marker([latitude, longitude], { icon, draggable: true, keyboard: false });
    handle.on("click", () => {
      this.sketch.at = at;
      this.hold();
      this.container.focus({ preventScroll: true });
    });
    handle.on("dragstart", () => {
      this.sketch.at = at;
      this.sketch.remember();
    });
    handle.on("dragend", () => {
      const { lat, lng } = handle.getLatLng().wrap();
      this.sketch.move([rounded(lng), rounded(lat)]);
      this.changed(true, this.told());
    });
    handle.addTo(this.handles);
  }
}

for (const element of document.querySelectorAll("[data-zone]")) new ZoneMap(element);
