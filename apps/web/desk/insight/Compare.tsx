import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { dayText } from "../../ui/time.ts";
import { api, type Session } from "../api.ts";
import { insight, type CompareAnswer } from "./api.ts";
import { useInsightTexts } from "./texts.ts";

const movers = 12;
type Cell = CompareAnswer["areas"][number];

/** This period beside the last and beside the same season, with intervals where numbers allow a word. */
export function Compare({ city }: { city: Session["city"] }) {
  const { t, language } = useInsightTexts();
  const [days, setDays] = useState(28);
  const [within, setWithin] = useState(city.code);
  const counties = useQuery({ queryKey: ["areas", city.code], queryFn: () => insight.areas(city.code) });
  const children = useQuery({ queryKey: ["areas", within], queryFn: () => insight.areas(within) });
  const categories = useQuery({ queryKey: ["categories"], queryFn: api.categories, staleTime: 600_000 });
  const found = useQuery({
    queryKey: ["comparison", within, days],
    queryFn: () => insight.comparison(within, days),
  });
  const nameOf = (id: string): string =>
    children.data?.areas.find(({ code }) => code === id)?.[language] ??
    categories.data?.categories.find((category) => category.id === id)?.[language] ??
    id;
  const words = t.comparison;
  return (
    <>
      <p className="row">
        <label>
          {words.within}{" "}
          <select value={within} onChange={(event) => setWithin(event.target.value)}>
            <option value={city.code}>{city[language]}</option>
            {counties.data?.areas.map((area) => (
              <option key={area.code} value={area.code}>
                {area[language]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.period}{" "}
          <select value={days} onChange={(event) => setDays(Number(event.target.value))}>
            {[7, 14, 28, 91].map((length) => (
              <option key={length} value={length}>
                {words.recent(length)}
              </option>
            ))}
          </select>
        </label>
        {found.data && <button onClick={() => saveTable(found.data, nameOf)}>{words.csv}</button>}
        <button onClick={() => window.print()}>{words.print}</button>
      </p>
      {found.data && (
        <>
          <Trend answer={found.data} />
          <Table title={words.area} cells={found.data.areas} nameOf={nameOf} />
          <Table
            title={words.category}
            cells={found.data.categories.slice(0, movers)}
            nameOf={nameOf}
            caption={words.first}
          />
        </>
      )}
    </>
  );
}

function Table({
  title,
  cells,
  nameOf,
  caption,
}: {
  title: string;
  cells: Cell[];
  nameOf: (id: string) => string;
  caption?: string;
}) {
  const { t } = useInsightTexts();
  const words = t.comparison;
  return (
    <table>
      {caption && <caption>{caption}</caption>}
      <thead>
        <tr>
          {[title, words.now, words.before, words.change, words.interval, words.season].map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {cells.map(({ id, last, season }) => (
          <tr key={id}>
            <th scope="row">{nameOf(id)}</th>
            <td>{last.now}</td>
            <td>{last.before}</td>
            <td className={last.verdict}>
              {last.ratio !== undefined && `× ${last.ratio.toFixed(2)} `}
              {words.verdict[last.verdict]}
            </td>
            <td>{last.interval?.map((value) => value.toFixed(2)).join(" – ")}</td>
            <td>
              {season?.ratio === undefined ? "" : `× ${season.ratio.toFixed(2)} ${words.verdict[season.verdict]}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Two periods of days as columns; the title says what they show. */
function Trend({ answer }: { answer: CompareAnswer }) {
  const { t, language } = useInsightTexts();
  const { trend, days } = answer;
  const most = Math.max(1, ...trend.map(({ count }) => count));
  const sum = (from: number, to: number): number =>
    trend.slice(from, to).reduce((total, { count }) => total + count, 0);
  const [now, before] = [sum(-days, trend.length), sum(0, Math.max(0, trend.length - days))];
  const change = now > before * 1.15 ? "more" : now < before * 0.87 ? "less" : "alike";
  const step = 600 / Math.max(1, trend.length);
  return (
    <figure className="trend">
      <figcaption>{t.comparison.trend(t.comparison.trendOf[change]!)}</figcaption>
      <svg viewBox="-34 -8 640 150" role="img" aria-label={t.comparison.trend(t.comparison.trendOf[change]!)}>
        <line x1="0" x2="600" y1="110" y2="110" className="axis" />
        <text x="-6" y="8" textAnchor="end">
          {most}
        </text>
        <text x="-6" y="114" textAnchor="end">
          0
        </text>
        {trend.map(({ day, count }, i) => (
          <rect
            key={day}
            x={i * step}
            width={step * 0.8}
            y={110 - (110 * count) / most}
            height={(110 * count) / most}
            className={day >= answer.from ? "now" : "before"}
          >
            <title>{`${dayText(day, language)} ${count}`}</title>
          </rect>
        ))}
        {trend[0] && (
          <text x="0" y="132">
            {dayText(trend[0].day, language)}
          </text>
        )}
        <text x="600" y="132" textAnchor="end">
          {dayText(answer.to, language)}
        </text>
      </svg>
    </figure>
  );
}

function saveTable(answer: CompareAnswer, nameOf: (id: string) => string): void {
  const lines = [...answer.areas, ...answer.categories].map(({ id, last }) =>
    [
      id,
      `"${nameOf(id)}"`,
      last.now,
      last.before,
      last.ratio?.toFixed(3) ?? "",
      last.interval?.map((v) => v.toFixed(3)).join(",") ?? ",",
    ].join(","),
  );
  const head = "id,name,now,before,ratio,low,high";
  const link = document.createElement("a");
  // The mark at the beginning tells spreadsheets that this is UTF-8.
  link.href = URL.createObjectURL(new Blob(["\ufeff", [head, ...lines].join("\r\n")], { type: "text/csv" }));
  link.download = `linge-${answer.from}-${answer.to}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
