// Polygons as one draws them: corner by corner, longitude before latitude, with what was before.
const MOST_UNDONE = 50;

function polygonsOf(found) {
  switch (found?.type) {
    case "FeatureCollection":
      return found.features.flatMap(polygonsOf);
    case "GeometryCollection":
      return found.geometries.flatMap(polygonsOf);
    case "Feature":
      return polygonsOf(found.geometry);
    case "Polygon":
      return [found.coordinates];
    case "MultiPolygon":
      return found.coordinates;
    default:
      return [];
  }
}

function opened(ring) {
  const corners = ring.map(([longitude, latitude]) => [longitude, latitude]);
  if (!corners.flat().every(Number.isFinite)) throw new TypeError("no corner");
  return String(corners[0]) === String(corners.at(-1)) ? corners.slice(0, -1) : corners;
}

/** The polygons of a GeoJSON text, their outlines open; null where it cannot be read. */
export function read(text) {
  if (!text.trim()) return [];
  try {
    const polygons = polygonsOf(JSON.parse(text)).map((rings) => rings.map(opened));
    return polygons.length ? polygons : null;
  } catch {
    return null;
  }
}

/** The polygons, and the corner after which the next is added; without one it begins a polygon. */
export class Sketch {
  constructor(polygons) {
    this.polygons = polygons;
    this.at = null;
    this.before = [];
  }

  get text() {
    if (!this.polygons.length) return "";
    const closed = this.polygons.map((rings) => rings.map((ring) => [...ring, ring[0]]));
    const [only, ...others] = closed;
    return JSON.stringify(
      others.length
        ? { type: "MultiPolygon", coordinates: closed }
        : { type: "Polygon", coordinates: only },
    );
  }

  get ring() {
    return this.at && this.polygons[this.at.polygon][this.at.ring];
  }

  get corner() {
    return this.ring?.[this.at.corner];
  }

  *corners() {
    for (const [polygon, rings] of this.polygons.entries()) {
      for (const [ring, corners] of rings.entries()) {
        for (const [corner, place] of corners.entries()) yield [{ polygon, ring, corner }, place];
      }
    }
  }

  /** To be called before each change. */
  remember() {
    this.before.push(structuredClone({ polygons: this.polygons, at: this.at }));
    if (this.before.length > MOST_UNDONE) this.before.shift();
  }

  undo() {
    if (!this.before.length) return false;
    Object.assign(this, this.before.pop());
    return true;
  }

  add(place) {
    if (String(this.corner) === String(place)) return; // Entered twice in one spot.
    this.remember();
    if (this.at) this.at = { ...this.at, corner: this.at.corner + 1 };
    else this.at = { polygon: this.polygons.push([[]]) - 1, ring: 0, corner: 0 };
    this.ring.splice(this.at.corner, 0, place);
  }

  move(place) {
    this.ring[this.at.corner] = place;
  }

  removeCorner() {
    if (!this.at) return false;
    if (this.ring.length === 1) return this.removeRing();
    this.remember();
    this.ring.splice(this.at.corner, 1);
    this.at = { ...this.at, corner: (this.at.corner || this.ring.length) - 1 };
    return true;
  }

  /** Remove the outline in hand: a hole alone, or a polygon with its holes. */
  removeRing() {
    if (!this.at) return false;
    this.remember();
    if (this.at.ring) this.polygons[this.at.polygon].splice(this.at.ring, 1);
    else this.polygons.splice(this.at.polygon, 1);
    this.at = null;
    return true;
  }

  /** Go to another corner, so many farther on; after the last comes the first. */
  step(by) {
    const all = [...this.corners()].map(([at]) => at);
    if (!all.length) return false;
    const now = all.findIndex((at) => JSON.stringify(at) === JSON.stringify(this.at));
    const next = now < 0 ? Math.min(by, 0) : now + by;
    this.at = all[(next + all.length) % all.length];
    return true;
  }
}
