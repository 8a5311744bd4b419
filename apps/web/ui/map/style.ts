import { setWorkerUrl, type StyleSpecification } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";

let ready = false;

/** MapLibre finds its worker among our own files: the content policy allows no other. */
export function preparedMaps(): void {
  if (!ready) setWorkerUrl(workerUrl);
  ready = true;
}

const deepestLines = 14;

/** Sea, land and the indicative lines of townships, from our own tiles; nothing from outside is loaded. */
export function landStyle(): StyleSpecification {
  const tiles = [`${location.origin}/tiles/areas/township/{z}/{x}/{y}.mvt`];
  const lines = { source: "townships", "source-layer": "areas" };
  return {
    version: 8,
    sources: { townships: { type: "vector", tiles, maxzoom: deepestLines } },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": "#e6eff3" } },
      { id: "land", type: "fill", ...lines, paint: { "fill-color": "#faf8f3" } },
      { id: "lines", type: "line", ...lines, paint: { "line-color": "#c3ced4", "line-width": 0.8 } },
    ],
  };
}
