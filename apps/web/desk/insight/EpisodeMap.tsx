import { useQuery } from "@tanstack/react-query";
import { insight, type GridFeature, type ShownEpisode } from "./api.ts";
import { useInsightTexts } from "./texts.ts";

const width = 600;

type Frame = { at(lon: number, lat: number): [number, number]; height: number };

function frameOf(features: GridFeature[]): Frame | undefined {
  const points = features.flatMap((feature) => feature.geometry?.coordinates.flat(2) ?? []);
  if (points.length === 0) return undefined;
  const edge = (pick: (point: [number, number]) => number, best: (a: number, b: number) => number): number =>
    points.map(pick).reduce((a, b) => best(a, b));
  const [west, east] = [edge(([lon]) => lon, Math.min), edge(([lon]) => lon, Math.max)];
  const [south, north] = [edge(([, lat]) => lat, Math.min), edge(([, lat]) => lat, Math.max)];
  const narrowing = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = width / ((east - west) * narrowing || 1);
  return {
    at: (lon, lat) => [(lon - west) * narrowing * scale, (north - lat) * scale],
    height: Math.max(200, (north - south) * scale),
  };
}

/** The grids of an episode in their township, shaded by their part of the excess; the same is said beside it in words. */
export function EpisodeMap({ episode }: { episode: ShownEpisode }) {
  const { t, language } = useInsightTexts();
  const township = `${episode.areaCodes[0]!.slice(0, 9)}000`;
  const lines = useQuery({
    queryKey: ["lines", township],
    queryFn: () => insight.lines(township),
    staleTime: 3_600_000,
  });
  const features = lines.data?.features ?? [];
  const frame = frameOf(features);
  if (!frame) return null;
  const path = (feature: GridFeature): string =>
    (feature.geometry?.coordinates ?? [])
      .flat()
      .map(
        (ring) =>
          `M${ring
            .map(([lon, lat]) =>
              frame
                .at(lon, lat)
                .map((value) => value.toFixed(1))
                .join(","),
            )
            .join("L")}Z`,
      )
      .join("");
  const drives = new Set(episode.drivers.map(({ code }) => code));
  const inside = new Set(episode.areaCodes);
  return (
    <figure>
      <svg viewBox={`-8 -8 ${width + 16} ${frame.height + 16}`} role="img" aria-label={t.map}>
        {features.map((feature) => {
          const { code } = feature.properties;
          const shade = drives.has(code) ? "drives" : inside.has(code) ? "inside" : "other";
          return (
            <path key={code} d={path(feature)} className={shade}>
              <title>{feature.properties[language]}</title>
            </path>
          );
        })}
      </svg>
      <figcaption className="quiet">{t.indicative}</figcaption>
    </figure>
  );
}
