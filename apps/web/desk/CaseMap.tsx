import { Map as MapView, Marker } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import { useEffect, useRef } from "react";
import { landStyle, preparedMaps } from "../ui/map/style.ts";

/** Where a case is; the same is said in words above it. */
export default function CaseMap({ lon, lat }: { lon: number; lat: number }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    preparedMaps();
    const map = new MapView({
      container: box.current!,
      style: landStyle(),
      center: [lon, lat],
      zoom: 12,
      attributionControl: false,
      dragRotate: false,
      localIdeographFontFamily: "sans-serif",
    });
    new Marker({ color: "#b45309" }).setLngLat([lon, lat]).addTo(map);
    return () => map.remove();
  }, [lon, lat]);
  return <div ref={box} className="map" />;
}
