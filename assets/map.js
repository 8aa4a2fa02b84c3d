// Draws a map in each [data-map]: base from our own outlines, features from data-source (GeoJSON).
// The list beside it says the same; items with data-map-id light up together with their feature.
import { LngLatBounds, Map as GlMap, NavigationControl, Popup, setWorkerUrl } from "maplibre-gl";

import { baseLayers, baseSources } from "./js/map_base.js";
import { bunchCount, drawBunch } from "./js/map_bunch.js";
import { listen, pickedLayer, pickedSource, pickerOf } from "./js/map_pick.js";
import { palette } from "./js/map_palette.js";
import { center, extent } from "./js/map_geometry.js";
import { TileMap } from "./js/map_tiles.js";

const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const dark = window.matchMedia("(prefers-color-scheme: dark)");

const json = async (url) => {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
};

/** Split features into shapes, and a point for each of them; what it holds is its bunch. */
const split = (collection) => {
  const shapes = [], points = [];
  for (const feature of collection.features) {
    if (!feature.geometry) continue;
    const isPoint = feature.geometry.type === "Point";
    if (!isPoint) shapes.push(feature);
    const properties = { count: isPoint ? 1 : 0, ...feature.properties };
    points.push({ type: "Feature", properties, geometry: isPoint ? feature.geometry : center(feature) });
  }
  const collect = (features) => ({ type: "FeatureCollection", features });
  return { shapes: collect(shapes), points: collect(points) };
};

const featureLayers = (colors) => [
  { id: "shapes", type: "fill", source: "shapes", paint: { "fill-color": colors.brand, "fill-opacity": ["case", ["boolean", ["feature-state", "on"], false], 0.3, 0.14] } },
  { id: "shape-edges", type: "line", source: "shapes", paint: { "line-color": colors.brand, "line-width": ["case", ["boolean", ["feature-state", "on"], false], 3, 1.5] } },
  { id: "points", type: "symbol", source: "points", layout: { "icon-image": ["concat", "bunch-", ["to-string", ["coalesce", ["get", "held"], ["get", "count"]]]], "icon-allow-overlap": true } },
];

class RacimoMap {
  constructor(element, base, collection) {
    this.element = element;
    this.base = base;
    this.parts = split(collection);
    this.picker = "pick" in element.dataset ? pickerOf(element) : null;
    this.map = new GlMap({
      container: element,
      style: this.style(),
      bounds: extent(collection) ?? new LngLatBounds([-118, -56], [-34, 33]),
      fitBoundsOptions: { padding: 48, maxZoom: 8 },
      minZoom: 1, maxZoom: 10, maxPitch: 0,
      ...(this.picker && { bounds: undefined, ...this.picker.start }),
      dragRotate: false, pitchWithRotate: false, renderWorldCopies: false,
      attributionControl: false, cooperativeGestures: true,
      fadeDuration: still.matches ? 0 : 200,
      locale: JSON.parse(element.dataset.words),
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    this.popup = new Popup({ closeButton: false, closeOnClick: false, offset: 18, className: "map-popup" });
    this.map.setMissingStyleImageResolver((id) => this.addBunch(id));
    this.map.on("mousemove", (event) => this.hover(event));
    this.map.on("mouseout", () => this.light(null));
    this.map.on("click", (event) => this.open(event));
    this.map.once("idle", () => element.setAttribute("data-ready", ""));
    dark.addEventListener("change", () => this.map.setStyle(this.style(), { diff: false }));
    if (this.picker) listen(this.map, element, this.picker);
    else this.linkList();
  }

  style() {
    const colors = palette(this.element);
    const point = { type: "geojson", data: this.parts.points, promoteId: "id", cluster: true, clusterRadius: 40, clusterProperties: { held: ["+", ["get", "count"]] } };
    const sources = { ...baseSources(this.base), shapes: { type: "geojson", data: this.parts.shapes, promoteId: "id" }, points: point };
    const layers = [...baseLayers(colors), ...featureLayers(colors)];
    if (!this.picker) return { version: 8, sources, layers };
    return { version: 8, sources: { ...sources, picked: pickedSource(this.picker) }, layers: [...layers, pickedLayer(colors)] };
  }

  addBunch(id) {
    const count = bunchCount(id);
    if (count !== null && !this.map.hasImage(id)) this.map.addImage(id, drawBunch(count, palette(this.element)), { pixelRatio: 2 });
  }

  at(event) {
    const box = [[event.point.x - 4, event.point.y - 4], [event.point.x + 4, event.point.y + 4]];
    return this.map.queryRenderedFeatures(box, { layers: ["points", "shapes"] })[0];
  }

  hover(event) {
    const feature = this.at(event);
    this.map.getCanvas().style.cursor = feature ? "pointer" : "";
    this.light(feature?.properties.id ?? null, feature?.properties.label, event.lngLat);
  }

  /** Light a feature and its list item; null puts both out. */
  light(id, label, lngLat) {
    if (this.lit !== id && this.lit != null) this.set(this.lit, false);
    if (id == null) this.popup.remove();
    else {
      this.set(id, true);
      if (label && lngLat) this.popup.setLngLat(lngLat).setText(label).addTo(this.map);
    }
    this.lit = id;
  }

  set(id, on) {
    this.map.setFeatureState({ source: "shapes", id }, { on });
    for (const item of document.querySelectorAll(`[data-map-id="${CSS.escape(id)}"]`)) item.classList.toggle("is-on", on);
  }

  async open(event) {
    const feature = this.at(event);
    if (!feature) return;
    if (feature.properties.cluster) {
      const zoom = await this.map.getSource("points").getClusterExpansionZoom(feature.properties.cluster_id);
      this.map[still.matches ? "jumpTo" : "easeTo"]({ center: feature.geometry.coordinates, zoom });
    } else if (feature.properties.url) window.location.assign(feature.properties.url);
  }

  linkList() {
    const known = new globalThis.Map(this.parts.points.features.map((f) => [String(f.properties.id), f]));
    const on = (event) => {
      const feature = known.get(event.target.closest?.("[data-map-id]")?.dataset.mapId);
      if (feature) this.light(feature.properties.id, feature.properties.label, feature.geometry.coordinates);
    };
    const off = (event) => {
      if (event.target.closest?.("[data-map-id]")) this.light(null);
    };
    for (const [name, act] of [["mouseover", on], ["focusin", on], ["mouseout", off], ["focusout", off]]) {
      document.addEventListener(name, act);
    }
  }
}

/** Draw the map of one element; without WebGL or without an answer its place is given back. */
export const draw = async (element) => {
  try {
    setWorkerUrl(element.dataset.worker);
    if (element.dataset.tiles) return new TileMap(element, await json(element.dataset.outlines));
    const [base, collection] = await Promise.all([json(element.dataset.outlines), element.dataset.source ? json(element.dataset.source) : { features: [] }]);
    return new RacimoMap(element, base, collection);
  } catch (error) {
    element.hidden = true;
    return null;
  }
};
