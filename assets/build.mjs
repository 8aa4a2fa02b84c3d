// Builds what the browser loads into static/dist; bin/assets empties that folder and runs this.
// Names carry no hash: the static files storage adds it and rewrites the addresses inside the CSS.
// No source maps and no code splitting, which hashed names would break.
import { build } from "esbuild";
import { cp, mkdir } from "node:fs/promises";

import { writeOutlines } from "./outlines.mjs";

const outdir = "static/dist";
const common = { bundle: true, minify: true, outdir, logLevel: "warning", legalComments: "linked" };

await mkdir(outdir, { recursive: true });
await Promise.all([
  build({
    ...common,
    entryPoints: ["assets/app.css", "assets/map.css"],
    loader: { ".woff2": "file" },
    assetNames: "fonts/[name]",
    target: ["chrome99", "firefox100", "safari15.4"],
  }),
  build({
    ...common,
    entryPoints: {
      app: "assets/app.js",
      map: "assets/map.js",
      "map-worker": "maplibre-gl/dist/maplibre-gl-worker.mjs",
    },
    format: "esm",
    target: "es2022",
  }),
  cp("assets/public", outdir, { recursive: true }),
  writeOutlines(`${outdir}/outlines.json`),
]);
