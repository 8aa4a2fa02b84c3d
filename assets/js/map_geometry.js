const positions = (coordinates) => (typeof coordinates[0] === "number" ? [coordinates] : coordinates.flatMap(positions));

const bounds = (features) => {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { geometry } of features) {
    for (const [x, y] of geometry ? positions(geometry.coordinates) : []) {
      box[0] = Math.min(box[0], x); box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x); box[3] = Math.max(box[3], y);
    }
  }
  return box;
};

/** The box round all features, or null when there are none. */
export const extent = ({ features }) => {
  const box = bounds(features);
  return box[0] === Infinity ? null : box;
};

/** The middle of a shape's box: near enough for its sign. */
export const center = (feature) => {
  const [west, south, east, north] = bounds([feature]);
  return { type: "Point", coordinates: [(west + east) / 2, (south + north) / 2] };
};
