import { Map as MapView, Marker } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import { useEffect, useRef } from "react";
import { landStyle, preparedMaps } from "../ui/map/style.ts";

type Point = { lon: number; lat: number };

/** A map on which a click sets the pin. */
export default function PinMap({ at, onPin }: { at?: Point; onPin: (point: Point) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const pin = useRef(onPin);
  pin.current = onPin;
  const first = useRef(at);
  useEffect(() => {
    preparedMaps();
    const start = first.current;
    const map = new MapView({
      container: box.current!,
      style: landStyle(),
      center: start ? [start.lon, start.lat] : [122.2, 30],
      zoom: start ? 13 : 8.6,
      attributionControl: false,
      dragRotate: false,
      localIdeographFontFamily: "sans-serif",
    });
    const marker = new Marker({ color: "#b45309" });
    if (start) marker.setLngLat([start.lon, start.lat]).addTo(map);
    map.on("click", ({ lngLat }) => {
      marker.setLngLat(lngLat).addTo(map);
      pin.current({ lon: lngLat.lng, lat: lngLat.lat });
    });
    return () => map.remove();
  }, []);
  return <div ref={box} className="map" />;
}
