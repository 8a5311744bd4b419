import { Map as MapView, Marker } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import { useEffect, useRef } from "react";
import { landStyle, preparedMaps } from "../ui/map/style.ts";

type Props = { lon: number; lat: number; near?: { lon: number; lat: number; number: string }[] };

/** Where a case is, and the cases beside it as small dots; the same is said in words around it. */
export default function CaseMap({ lon, lat, near = [] }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const others = JSON.stringify(near);
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
    for (const each of JSON.parse(others) as NonNullable<Props["near"]>) {
      const dot = document.createElement("span");
      dot.className = "dot";
      dot.title = each.number;
      new Marker({ element: dot }).setLngLat([each.lon, each.lat]).addTo(map);
    }
    new Marker({ color: "#b45309" }).setLngLat([lon, lat]).addTo(map);
    return () => map.remove();
  }, [lon, lat, others]);
  return <div ref={box} className="map" />;
}
