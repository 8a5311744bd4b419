import type { CaseRow } from "@linge/server/features/cases/queries.ts";
import { lights } from "../ui/light.ts";
import { usePhone, useTexts } from "./use.tsx";

const width = 1000;

/** My grids and what is to be looked at in them, drawn from what is on the phone: it needs no connection. */
export function GridMap({ cases }: { cases: CaseRow[] }) {
  const { t } = useTexts();
  const { state } = usePhone();
  const drawn = state.grids.filter((grid) => grid.geometry);
  const points = drawn.flatMap((grid) => grid.geometry!.coordinates.flat(2));
  if (points.length === 0) return null;
  const west = Math.min(...points.map(([lon]) => lon));
  const east = Math.max(...points.map(([lon]) => lon));
  const south = Math.min(...points.map(([, lat]) => lat));
  const north = Math.max(...points.map(([, lat]) => lat));
  const narrowing = Math.cos(((south + north) / 2 / 180) * Math.PI);
  const scale = width / ((east - west) * narrowing);
  const at = (lon: number, lat: number): [number, number] => [(lon - west) * narrowing * scale, (north - lat) * scale];
  const ring = (positions: [number, number][]): string =>
    `M${positions
      .map(([lon, lat]) =>
        at(lon, lat)
          .map((value) => value.toFixed(1))
          .join(","),
      )
      .join("L")}Z`;
  const height = (north - south) * scale;
  return (
    <figure className="map">
      <svg viewBox={`-20 -20 ${width + 40} ${height + 40}`} role="group" aria-label={t.today.map}>
        {drawn.map((grid) => (
          <path key={grid.properties.code} d={grid.geometry!.coordinates.flat().map(ring).join("")} className="grid">
            <title>{grid.properties.zh}</title>
          </path>
        ))}
        {cases.map((row) => {
          const { lon, lat } = row.place ?? {};
          if (lon === undefined || lat === undefined) return null;
          const [x, y] = at(lon, lat);
          return (
            <a key={row.id} href={`#/today/${row.id}`} aria-label={row.text}>
              <circle cx={x} cy={y} r={18} className={`pin light-${row.light}`} />
              <text x={x} y={y + 9} textAnchor="middle" className="shape">
                {lights[row.light].shape}
              </text>
            </a>
          );
        })}
      </svg>
      <figcaption>{t.today.indicative}</figcaption>
    </figure>
  );
}
