// Builds what the browser loads into static/dist: one stylesheet, two scripts, the map's worker.
// Names carry no hash: the static files storage adds it and rewrites the addresses inside the CSS.
import { build } from "esbuild";
import { copyFile, mkdir, readdir } from "node:fs/promises";

const out = "static/dist";
const common = { bundle: true, minify: true, outdir: out, logLevel: "warning", assetNames: "[name]" };

await mkdir(out, { recursive: true });
await build({
  ...common,
  entryPoints: { app: "assets/css/app.css", map: "assets/css/map.css" },
  loader: { ".woff2": "file" },
  target: ["chrome99", "firefox100", "safari15.4"],
});
await build({
  ...common,
  entryPoints: {
    app: "assets/js/app.js",
    map: "assets/js/map.js",
    "map-worker": "maplibre-gl/dist/maplibre-gl-worker.mjs",
  },
  format: "esm",
  target: "es2022",
});
for (const name of await readdir("assets/img")) await copyFile(`assets/img/${name}`, `${out}/${name}`);
await copyFile("node_modules/world-atlas/countries-50m.json", `${out}/countries-50m.json`);
