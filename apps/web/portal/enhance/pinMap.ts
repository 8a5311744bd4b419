import { Map as MapView, Marker } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import { landStyle, preparedMaps } from "../../ui/map/style.ts";

type Point = { lon: number; lat: number };

/** A map on which a tap sets the pin. */
export async function openPinMap(
  place: HTMLElement,
  at: Point,
  mark: (lon: number, lat: number) => void,
): Promise<void> {
  preparedMaps();
  const box = document.createElement("div");
  box.className = "map";
  place.prepend(box);
  const map = new MapView({
    container: box,
    style: landStyle(),
    center: at.lon ? [at.lon, at.lat] : [122.2, 30.0],
    zoom: at.lon ? 13 : 9,
    attributionControl: false,
    dragRotate: false,
    localIdeographFontFamily: "sans-serif",
  });
  const marker = new Marker({ color: "#b45309" });
  if (at.lon) marker.setLngLat([at.lon, at.lat]).addTo(map);
  map.on("click", ({ lngLat }) => {
    marker.setLngLat(lngLat).addTo(map);
    mark(lngLat.lng, lngLat.lat);
  });
}
