import { Map as MapView, Marker } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import { cityBounds } from "../../ui/map/bounds.ts";
import { landStyle, preparedMaps } from "../../ui/map/style.ts";
import type { PinTexts } from "./pin.ts";

type Point = { lon: number; lat: number };

/**
 * A map on which a tap sets the pin; from the keyboard, Enter sets it in the middle.
 * @returns what to call when the place was found in another way
 */
export async function openPinMap(
  place: HTMLElement,
  at: Point,
  mark: (lon: number, lat: number) => void,
  texts: PinTexts,
): Promise<(lon: number, lat: number) => void> {
  preparedMaps();
  const hint = Object.assign(document.createElement("p"), { className: "hint", textContent: texts.mapHint });
  const box = document.createElement("div");
  box.className = "map";
  box.append(Object.assign(document.createElement("span"), { className: "corner", textContent: texts.indicative }));
  place.prepend(hint, box);
  const map = new MapView({
    container: box,
    style: landStyle(),
    ...(at.lon ? { center: [at.lon, at.lat], zoom: 14 } : { bounds: await cityBounds() }),
    attributionControl: false,
    dragRotate: false,
    locale: { "Map.Title": texts.map },
    localIdeographFontFamily: "sans-serif",
  });
  const marker = new Marker({ color: "#b45309" });
  const set = (lon: number, lat: number): void => {
    marker.setLngLat([lon, lat]).addTo(map);
    mark(lon, lat);
  };
  if (at.lon) marker.setLngLat([at.lon, at.lat]).addTo(map);
  map.on("click", ({ lngLat }) => set(lngLat.lng, lngLat.lat));
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const { lng, lat } = map.getCenter();
    set(lng, lat);
  });
  map.getCanvas().focus();
  return (lon, lat) => {
    marker.setLngLat([lon, lat]).addTo(map);
    map.jumpTo({ center: [lon, lat], zoom: 15 });
  };
}
