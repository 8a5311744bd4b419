import { setWorkerUrl, type StyleSpecification } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";

let ready = false;

/** MapLibre finds its worker among our own files: the content policy allows no other. */
export function preparedMaps(): void {
  if (!ready) setWorkerUrl(workerUrl);
  ready = true;
}

/** Sea, land and the indicative lines of townships; nothing from outside is loaded. */
export function landStyle(): StyleSpecification {
  return {
    version: 8,
    sources: { townships: { type: "geojson", data: "/api/areas/geometry?level=township" } },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": "#e6eff3" } },
      { id: "land", type: "fill", source: "townships", paint: { "fill-color": "#faf8f3" } },
      { id: "lines", type: "line", source: "townships", paint: { "line-color": "#c3ced4", "line-width": 0.8 } },
    ],
  };
}
