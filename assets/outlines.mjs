// The base of the map as one small file: countries where Racimo works at 1:50 million, the rest of
// the world at 1:110 million, and the lines between the first-level divisions.
import { readFile, writeFile } from "node:fs/promises";

// ISO 3166-1 numeric: Latin America and the Caribbean, the United States, Spain and Portugal.
const NEAR = new Set(
  ("032 044 052 060 068 074 076 084 092 136 152 170 188 192 212 214 218 222 238 254 258 308 312 320 328 332 340 " +
    "388 474 484 500 531 533 534 535 558 591 600 604 620 630 652 659 660 662 663 666 670 724 740 780 796 840 850 858 862").split(" "),
);
const ANTARCTICA = "010";
const STEP = 0.01; // degrees: about a kilometer, finer than a pixel at the zooms that the map allows
const TOLERANCE = 0.015;

const read = async (path) => JSON.parse(await readFile(path));

/** Keep some countries of a topology, and only the arcs that they use. */
const subset = (topology, keep) => {
  const geometries = topology.objects.countries.geometries.filter((g) => keep(g.id ?? ""));
  const place = new Map();
  const renumber = (arc) => {
    if (Array.isArray(arc)) return arc.map(renumber);
    const index = arc < 0 ? ~arc : arc;
    if (!place.has(index)) place.set(index, place.size);
    return arc < 0 ? ~place.get(index) : place.get(index);
  };
  const kept = geometries.map(({ type, id, arcs }) => ({ type, id, arcs: renumber(arcs) }));
  const arcs = [...place.keys()].map((index) => topology.arcs[index]);
  return { type: "Topology", transform: topology.transform, arcs, objects: { countries: { type: "GeometryCollection", geometries: kept } } };
};

const key = ([x, y]) => `${x},${y}`;

/** Return the edges that two divisions share, as an adjacency of points. */
const sharedEdges = (features) => {
  const owners = new Map();
  features.forEach(({ geometry }, owner) => {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    for (const ring of polygons.flat()) {
      for (let i = 1; i < ring.length; i++) {
        const ends = [ring[i - 1], ring[i]].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        const edge = ends.map(key).join(" ");
        if (!owners.has(edge)) owners.set(edge, { ends, by: new Set() });
        owners.get(edge).by.add(owner);
      }
    }
  });
  return [...owners.values()].filter(({ by }) => by.size > 1).map(({ ends }) => ends);
};

/** Join edges into lines that run from one junction to the next. */
const chain = (edges) => {
  const at = new Map();
  edges.forEach((ends, index) => ends.forEach((point) => at.set(key(point), [...(at.get(key(point)) ?? []), index])));
  const used = new Set();
  const follow = (start, first) => {
    const line = [start];
    for (let point = start, index = first; index !== undefined; ) {
      used.add(index);
      const [a, b] = edges[index];
      point = key(a) === key(point) ? b : a;
      line.push(point);
      const next = at.get(key(point)).filter((i) => !used.has(i));
      index = at.get(key(point)).length === 2 ? next[0] : undefined;
    }
    return line;
  };
  const junctionsFirst = edges.map((_, i) => i).sort((i, j) => junction(edges[j], at) - junction(edges[i], at));
  return junctionsFirst.filter((i) => !used.has(i)).flatMap((i) => (used.has(i) ? [] : [follow(startOf(edges[i], at), i)]));
};
const junction = (ends, at) => Number(ends.some((point) => at.get(key(point)).length !== 2));
const startOf = (ends, at) => ends.find((point) => at.get(key(point)).length !== 2) ?? ends[0];

/** Douglas-Peucker: drop the points that a straight line already says. */
const simplify = (line) => {
  if (line.length < 3) return line;
  const [a, b] = [line[0], line.at(-1)];
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1e-9;
  let far = 0, worst = 0;
  for (let i = 1; i < line.length - 1; i++) {
    const off = Math.abs((b[0] - a[0]) * (a[1] - line[i][1]) - (a[0] - line[i][0]) * (b[1] - a[1])) / length;
    if (off > worst) [far, worst] = [i, off];
  }
  if (worst < TOLERANCE) return [a, b];
  return [...simplify(line.slice(0, far + 1)).slice(0, -1), ...simplify(line.slice(far))];
};

/** Write a line as whole steps: the first point, then differences. */
const pack = (line) => {
  let [px, py] = [0, 0];
  return line.flatMap(([x, y]) => {
    const [sx, sy] = [Math.round(x / STEP), Math.round(y / STEP)];
    const step = [sx - px, sy - py];
    [px, py] = [sx, sy];
    return step;
  });
};

export const writeOutlines = async (target) => {
  const [near, far, divisions] = await Promise.all([
    read("node_modules/world-atlas/countries-50m.json"),
    read("node_modules/world-atlas/countries-110m.json"),
    read("data/places/admin1.geojson"),
  ]);
  await writeFile(target, JSON.stringify({
    near: subset(near, (id) => NEAR.has(id)),
    far: subset(far, (id) => !NEAR.has(id) && id !== ANTARCTICA),
    divisions: { step: STEP, lines: chain(sharedEdges(divisions.features)).map((line) => pack(simplify(line))) },
  }));
};
