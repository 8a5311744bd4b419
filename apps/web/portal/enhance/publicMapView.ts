import { Map as MapView, NavigationControl, type MapGeoJSONFeature } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import type { Light } from "@linge/domain/case/light.ts";
import { lights } from "../../ui/light.ts";
import { cityBounds } from "../../ui/map/bounds.ts";
import { landStyle, preparedMaps } from "../../ui/map/style.ts";
import { dayText } from "../../ui/time.ts";
import type { MapTexts } from "./publicMap.ts";

type Names = Map<string, { zh: string; en: string }>;
const mostListed = 30;

/** Spots of single cases, and sums where they would be too many: one hue, the larger the more. */
function withCases(language: "zh" | "en") {
  const style = landStyle();
  const sea = "#0b5d86";
  style.sources.cases = { type: "vector", tiles: [`${location.origin}/tiles/cases/{z}/{x}/{y}.mvt`], maxzoom: 18 };
  const from = (layer: string) => ({ source: "cases", "source-layer": layer });
  const halo = { "text-color": "#16232d", "text-halo-color": "#ffffff", "text-halo-width": 1.5 };
  style.layers.push(
    {
      id: "sums",
      type: "circle",
      ...from("sums"),
      filter: ["has", "cases"],
      paint: {
        "circle-color": sea,
        "circle-opacity": 0.85,
        "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "cases"]], 1, 12, 30, 34],
        "circle-stroke-color": "#ffffff",
        "circle-stroke-width": 2,
      },
    },
    {
      id: "numbers",
      type: "symbol",
      ...from("sums"),
      filter: ["has", "cases"],
      layout: { "text-field": ["to-string", ["get", "cases"]], "text-size": 15, "text-allow-overlap": true },
      paint: { "text-color": "#ffffff" },
    },
    {
      id: "names",
      type: "symbol",
      ...from("sums"),
      filter: ["has", language],
      layout: { "text-field": ["get", language], "text-size": 13, "text-offset": [0, 2.2], "text-anchor": "top" },
      paint: halo,
    },
    {
      id: "spots",
      type: "circle",
      ...from("cases"),
      paint: {
        "circle-color": ["match", ["get", "light"], "red", "#a4262c", "yellow", "#b45309", "done", "#51626e", sea],
        "circle-radius": ["case", [">", ["get", "cases"], 1], 13, 9],
        "circle-stroke-color": "#ffffff",
        "circle-stroke-width": 2,
      },
    },
    {
      id: "several",
      type: "symbol",
      ...from("cases"),
      filter: [">", ["get", "cases"], 1],
      layout: { "text-field": ["to-string", ["get", "cases"]], "text-size": 13, "text-allow-overlap": true },
      paint: { "text-color": "#ffffff" },
    },
  );
  return style;
}

async function categoryNames(): Promise<Names> {
  const answer = await fetch("/api/categories");
  const { categories } = (await answer.json()) as { categories: { id: string; zh: string; en: string }[] };
  return new Map(categories.map((category) => [category.id, category]));
}

/** One line of the list beside the map: the same fact that the map draws. */
function lineOf({ properties }: MapGeoJSONFeature, names: Names, language: "zh" | "en"): HTMLLIElement {
  const { number, category, light, reported, cases } = properties as Record<string, string>;
  const line = document.createElement("li");
  const link = document.createElement("a");
  link.href = `/cases/${number}`;
  link.textContent = names.get(category!)?.[language] ?? number!;
  const mark = lights[light as Light];
  const words = [`${mark.shape} ${mark[language]}`, dayText(reported!, language), Number(cases) > 1 && `× ${cases}`];
  line.append(link, ` ${words.filter(Boolean).join(" · ")}`);
  return line;
}

/** Opens the map, and beside it the list of what it shows. @returns what closes both */
export async function openPublicMap(place: HTMLElement, texts: MapTexts): Promise<() => void> {
  preparedMaps();
  const language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
  const [names, bounds] = await Promise.all([categoryNames(), cityBounds()]);
  const hint = Object.assign(document.createElement("p"), { className: "hint", textContent: texts.mapHint });
  const box = Object.assign(document.createElement("div"), { className: "map large" });
  const corner = Object.assign(document.createElement("span"), { className: "corner", textContent: texts.indicative });
  const title = Object.assign(document.createElement("h2"), { textContent: texts.mapList });
  const list = Object.assign(document.createElement("ul"), { className: "spots" });
  const nothing = Object.assign(document.createElement("p"), { textContent: texts.none, hidden: true });
  place.append(hint, box, title, list, nothing);
  box.append(corner);
  const map = new MapView({
    container: box,
    style: withCases(language),
    bounds,
    attributionControl: false,
    dragRotate: false,
    cooperativeGestures: false,
    locale: { "Map.Title": texts.map },
    localIdeographFontFamily: "sans-serif",
  });
  map.addControl(new NavigationControl({ showCompass: false }));
  const show = (): void => {
    const spots = map.queryRenderedFeatures({ layers: ["spots"] });
    const sums = map.queryRenderedFeatures({ layers: ["sums"] });
    const seen = new Map(spots.map((spot) => [String(spot.properties.number), spot]));
    const lines = [...seen.values()].slice(0, mostListed).map((spot) => lineOf(spot, names, language));
    const areas = new Map(
      sums.filter(({ properties }) => properties[language]).map((sum) => [sum.properties.code, sum]),
    );
    for (const { properties, geometry } of areas.values()) {
      const closer = Object.assign(document.createElement("button"), {
        type: "button",
        className: "button plain",
        textContent: `${String(properties[language])} ${String(properties.cases)}`,
      });
      closer.addEventListener("click", () => zoomTo((geometry as GeoJSON.Point).coordinates as [number, number]));
      const line = document.createElement("li");
      line.append(closer);
      lines.push(line);
    }
    list.replaceChildren(...lines);
    list.hidden = lines.length === 0;
    nothing.hidden = lines.length > 0;
  };
  const zoomTo = (center: [number, number]): void => void map.easeTo({ center, zoom: Math.min(18, map.getZoom() + 2) });
  map.on("click", "sums", ({ lngLat }) => zoomTo([lngLat.lng, lngLat.lat]));
  map.on("click", "spots", ({ features }) => location.assign(`/cases/${String(features![0]!.properties.number)}`));
  for (const layer of ["sums", "spots"]) {
    map.on("mouseenter", layer, () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", layer, () => (map.getCanvas().style.cursor = ""));
  }
  map.on("idle", show);
  return () => {
    map.remove();
    place.replaceChildren();
  };
}
