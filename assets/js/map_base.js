// Sources and layers of the base: water, land, borders, divisions.
import { feature, mesh } from "topojson-client";

/** A ring that jumps over the antimeridian goes on past 180 degrees instead of round the world. */
const unwrapRing = (ring) => {
  const jumps = ring.some(([x], i) => i && Math.abs(x - ring[i - 1][0]) > 180);
  return jumps ? ring.map(([x, y]) => [x < 0 ? x + 360 : x, y]) : ring;
};
const unwrap = (geometry) => ({
  ...geometry,
  coordinates: geometry.type === "Polygon" ? geometry.coordinates.map(unwrapRing) : geometry.coordinates.map((rings) => rings.map(unwrapRing)),
});

const land = (topology) => feature(topology, topology.objects.countries).features.map((f) => ({ ...f, properties: {}, geometry: unwrap(f.geometry) }));

/** Undo the packing of assets/outlines.mjs: whole steps, each after the first a difference. */
const unpack = (steps, step) => {
  const line = [];
  for (let i = 0, x = 0, y = 0; i < steps.length; i += 2) {
    x += steps[i];
    y += steps[i + 1];
    line.push([x * step, y * step]);
  }
  return line;
};

const collection = (features) => ({ type: "geojson", data: { type: "FeatureCollection", features } });
const lines = (geometry) => ({ type: "geojson", data: { type: "Feature", properties: {}, geometry } });

export const baseSources = ({ near, far, divisions }) => ({
  land: collection([...land(far), ...land(near)]),
  borders: lines(mesh(near, near.objects.countries, (a, b) => a !== b)),
  divisions: lines({ type: "MultiLineString", coordinates: divisions.lines.map((steps) => unpack(steps, divisions.step)) }),
});

export const baseLayers = (colors) => [
  { id: "water", type: "background", paint: { "background-color": colors.water } },
  { id: "land", type: "fill", source: "land", paint: { "fill-color": colors.land, "fill-antialias": false } },
  { id: "coast", type: "line", source: "land", minzoom: 3, paint: { "line-color": colors.border, "line-width": 0.6 } },
  { id: "divisions", type: "line", source: "divisions", minzoom: 4, paint: { "line-color": colors.border, "line-width": 0.6, "line-opacity": 0.7 } },
  { id: "borders", type: "line", source: "borders", paint: { "line-color": colors.border, "line-width": ["interpolate", ["linear"], ["zoom"], 2, 0.8, 8, 2] } },
];
