import { lights } from "../ui/light.ts";
import { lightOf, type CaseOnPhone } from "./phone/records.ts";
import { usePhone, useTexts } from "./use.tsx";

const width = 1000;

/** My grids and what is to be looked at in them, drawn from what is on the phone: it needs no connection. */
export function GridMap({ cases }: { cases: CaseOnPhone[] }) {
  const { t, language } = useTexts();
  const { state } = usePhone();
  const drawn = state.basics.grids.filter((grid) => grid.geometry);
  const points = drawn.flatMap((grid) => grid.geometry!.coordinates.flat(2));
  if (points.length === 0) return null;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of points) {
    [west, east] = [Math.min(west, lon), Math.max(east, lon)];
    [south, north] = [Math.min(south, lat), Math.max(north, lat)];
  }
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
          <path key={grid.code} d={grid.geometry!.coordinates.flat().map(ring).join("")} className="grid">
            <title>{grid[language]}</title>
          </path>
        ))}
        {cases.map((record) => {
          const { lon, lat } = record.place;
          if (lon === undefined || lat === undefined) return null;
          const [x, y] = at(lon, lat);
          const light = lightOf(record, state.basics.calendar);
          return (
            <a key={record.id} href={`#/case/${record.id}`} aria-label={record.text}>
              <circle cx={x} cy={y} r={80} className="touch" />
              <circle cx={x} cy={y} r={24} className={`pin light-${light}`} />
              <text x={x} y={y + 11} textAnchor="middle" className="shape">
                {lights[light].shape}
              </text>
            </a>
          );
        })}
      </svg>
      <figcaption>{t.today.indicative}</figcaption>
    </figure>
  );
}
