// A point set on the map goes into two number fields, and from them back: the fields are what counts.
const DECIMALS = 5;

const pointOf = ({ latitude, longitude }) => {
  const [x, y] = [longitude.valueAsNumber, latitude.valueAsNumber];
  return Number.isFinite(x) && Number.isFinite(y) && Math.abs(x) <= 180 && Math.abs(y) <= 90 ? [x, y] : null;
};
const collection = (point) => ({
  type: "FeatureCollection",
  features: point ? [{ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: point } }] : [],
});

/** The fields of a picker, the point they hold, and where its map begins. */
export const pickerOf = (element) => {
  const fields = {
    latitude: document.getElementById(element.dataset.latitude),
    longitude: document.getElementById(element.dataset.longitude),
  };
  const point = pointOf(fields);
  const center = point ?? (element.dataset.center ? element.dataset.center.split(",").map(Number) : [-70, -20]);
  return { fields, start: { center, zoom: point ? 9 : 4, maxZoom: 14 } };
};

export const pickedSource = (picker) => ({ type: "geojson", data: collection(pointOf(picker.fields)) });
export const pickedLayer = (colors) => ({
  id: "picked", type: "circle", source: "picked",
  paint: { "circle-radius": 9, "circle-color": colors.brand, "circle-stroke-width": 3, "circle-stroke-color": colors.land },
});

/** Let clicks and buttons set the point, and typed numbers move it. */
export const listen = (map, element, { fields }) => {
  const show = () => map.getSource("picked")?.setData(collection(pointOf(fields)));
  const set = (point) => {
    fields.longitude.value = point ? point[0].toFixed(DECIMALS) : "";
    fields.latitude.value = point ? point[1].toFixed(DECIMALS) : "";
    for (const field of Object.values(fields)) field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  for (const field of Object.values(fields)) field.addEventListener("change", show);
  map.on("click", ({ lngLat }) => set([lngLat.lng, lngLat.lat]));
  const buttons = element.parentElement.querySelector("[data-pick-buttons]");
  buttons.hidden = false;
  buttons.querySelector("[data-pick-center]").addEventListener("click", () => set(map.getCenter().toArray()));
  buttons.querySelector("[data-pick-clear]").addEventListener("click", () => set(null));
};
