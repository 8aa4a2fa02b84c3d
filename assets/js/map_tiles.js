// The directory's map: tiles from the server, redrawn when the list is filtered, read by the list.
import { Map as GlMap, NavigationControl, Popup } from "maplibre-gl";

import { baseLayers, baseSources } from "./map_base.js";
import { bunchCount, drawBunch } from "./map_bunch.js";
import { palette } from "./map_palette.js";

const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const LATIN_AMERICA = [[-118, -56], [-34, 33]];
const DEEPEST = 14;
const PATIENCE = 500;

/** What narrows the list narrows the map; the map's own box does not. */
const narrowing = () => {
  const query = new URLSearchParams(window.location.search);
  for (const name of ["bbox", "after", "sort", "follow"]) query.delete(name);
  for (const [name, value] of [...query]) if (!value) query.delete(name);
  return query.toString();
};

const shownBox = () => {
  const sides = (new URLSearchParams(window.location.search).get("bbox") ?? "").split(",").map(Number);
  return sides.length === 4 && sides.every(Number.isFinite) ? [[sides[0], sides[1]], [sides[2], sides[3]]] : null;
};

export class TileMap {
  constructor(element, base) {
    this.element = element;
    this.base = base;
    this.query = narrowing();
    this.map = new GlMap({
      container: element, style: this.style(), bounds: shownBox() ?? LATIN_AMERICA,
      minZoom: 1, maxZoom: DEEPEST + 2, maxPitch: 0, dragRotate: false, pitchWithRotate: false,
      renderWorldCopies: false, attributionControl: false, cooperativeGestures: true,
      fadeDuration: still.matches ? 0 : 200, locale: JSON.parse(element.dataset.words),
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    this.popup = new Popup({ closeButton: false, closeOnClick: false, offset: 18, className: "map-popup" });
    this.map.setMissingStyleImageResolver((id) => this.addBunch(id));
    this.map.on("mousemove", (event) => this.hover(event));
    this.map.on("mouseout", () => this.popup.remove());
    this.map.on("click", (event) => this.open(event));
    this.map.on("moveend", (event) => this.follow(event));
    this.map.once("idle", () => element.setAttribute("data-ready", ""));
    dark.addEventListener("change", () => this.map.setStyle(this.style(), { diff: false }));
    for (const name of ["htmx:pushedIntoHistory", "htmx:afterSettle"]) document.addEventListener(name, () => this.refresh());
    document.querySelector("[data-follow-map]")?.addEventListener("change", () => this.tell());
  }

  address() {
    return `${window.location.origin}${this.element.dataset.tiles}${this.query ? `?${this.query}` : ""}`;
  }

  style() {
    const colors = palette(this.element);
    const count = ["to-string", ["get", "n"]];
    return {
      version: 8,
      sources: { ...baseSources(this.base), places: { type: "vector", tiles: [this.address()], maxzoom: DEEPEST } },
      layers: [
        ...baseLayers(colors),
        { id: "places", type: "symbol", source: "places", "source-layer": "organizations", layout: { "icon-image": ["concat", "bunch-", count], "icon-allow-overlap": true, "symbol-sort-key": ["-", 0, ["get", "n"]] } },
      ],
    };
  }

  addBunch(id) {
    const count = bunchCount(id);
    if (count !== null && !this.map.hasImage(id)) this.map.addImage(id, drawBunch(count, palette(this.element)), { pixelRatio: 2 });
  }

  at(event) {
    const box = [[event.point.x - 4, event.point.y - 4], [event.point.x + 4, event.point.y + 4]];
    return this.map.queryRenderedFeatures(box, { layers: ["places"] })[0];
  }

  hover(event) {
    const feature = this.at(event);
    this.map.getCanvas().style.cursor = feature ? "pointer" : "";
    const label = feature?.properties.label;
    if (label) this.popup.setLngLat(event.lngLat).setText(label).addTo(this.map);
    else this.popup.remove();
  }

  /** A bunch opens as one comes closer; who stands alone is visited; at the end the list tells. */
  open(event) {
    const feature = this.at(event);
    if (!feature) return;
    const { id } = feature.properties;
    if (id) window.location.assign(this.element.dataset.page.replace("00000000-0000-0000-0000-000000000000", encodeURIComponent(id)));
    else this.map[still.matches ? "jumpTo" : "easeTo"]({ center: feature.geometry.coordinates, zoom: Math.min(this.map.getZoom() + 2, DEEPEST + 2) });
  }

  refresh() {
    const query = narrowing();
    if (query === this.query) return;
    this.query = query;
    this.map.getSource("places")?.setTiles([this.address()]);
  }

  /** Only what the reader moved counts, not what the page did. */
  follow(event) {
    if (!event.originalEvent && !this.moved) { this.moved = true; return; }
    if (document.querySelector("[data-follow-map]")?.checked) this.tell();
  }

  tell() {
    window.clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => {
      const follows = document.querySelector("[data-follow-map]");
      const field = follows?.form?.elements.bbox;
      if (!field) return;
      const box = this.map.getBounds();
      const sides = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()].map((side) => side.toFixed(4));
      field.value = follows.checked ? sides.join(",") : "";
      follows.form.requestSubmit();
    }, PATIENCE);
  }
}
