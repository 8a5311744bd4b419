import { Map as MapView, type LngLatBoundsLike } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import { useEffect, useRef } from "react";
import { landStyle, preparedMaps } from "../../ui/map/style.ts";
import { useTerritoryTexts } from "./texts.ts";

type Geometry = { coordinates: [number, number][][][] };

/** The lines of the chosen area over its neighbours of the same level, from tiles; the same is said in words beside it. */
export default function AreaMap({ code, level }: { code: string; level: string }) {
  const { t } = useTerritoryTexts();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    preparedMaps();
    const style = landStyle();
    const map = new MapView({
      container: box.current!,
      style: {
        ...style,
        sources: {
          ...style.sources,
          areas: { type: "vector", tiles: [`${location.origin}/tiles/areas/${level}/{z}/{x}/{y}.mvt`], maxzoom: 18 },
        },
        layers: [
          ...style.layers,
          {
            id: "chosen",
            type: "fill",
            source: "areas",
            "source-layer": "areas",
            filter: ["==", ["get", "code"], code],
            paint: { "fill-color": "#0b5d86", "fill-opacity": 0.2 },
          },
          {
            id: "neighbours",
            type: "line",
            source: "areas",
            "source-layer": "areas",
            paint: { "line-color": "#51626e", "line-width": 0.8 },
          },
        ],
      },
      center: [122.2, 30],
      zoom: 8,
      attributionControl: false,
      dragRotate: false,
      localIdeographFontFamily: "sans-serif",
    });
    void fetch(`/api/areas/${code}/geometry`)
      .then((answer) => answer.json() as Promise<{ geometry?: Geometry }>)
      .then(({ geometry }) => {
        const points = geometry?.coordinates.flat(2) ?? [];
        if (!points.length) return;
        const [lons, lats] = [points.map(([lon]) => lon), points.map(([, lat]) => lat)];
        const least = (list: number[]): number => list.reduce((a, b) => Math.min(a, b));
        const most = (list: number[]): number => list.reduce((a, b) => Math.max(a, b));
        const bounds: LngLatBoundsLike = [least(lons), least(lats), most(lons), most(lats)];
        map.fitBounds(bounds, { padding: 24, animate: false });
      })
      .catch(() => {});
    return () => map.remove();
  }, [code, level]);
  return (
    <figure className="area-map">
      <div ref={box} className="map" role="img" aria-label={t.map} />
      <figcaption className="quiet">示意 · {t.indicative}</figcaption>
    </figure>
  );
}
