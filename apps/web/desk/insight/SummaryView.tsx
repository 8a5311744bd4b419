import { shownCount } from "@linge/domain/insight/rate.ts";
import { useQuery } from "@tanstack/react-query";
import { dayText } from "../../ui/time.ts";
import { insight, type Cell, type Summary } from "./api.ts";
import { TrendLines } from "./charts/TrendLines.tsx";
import { AreaMap } from "./map/AreaMap.tsx";
import { useInsightTexts } from "./texts.ts";

type NameOf = (id: string) => string;
const movers = 8;

/** What a period was like: the finding first, then lines, map, movers, and the tables. The same on screen and in print. */
export function SummaryView({ summary, nameOf }: { summary: Summary; nameOf: NameOf }) {
  const { t, language } = useInsightTexts();
  const words = t.comparison;
  const { total, trend } = summary;
  const day = (iso: string): string => (iso ? dayText(iso, language) : "");
  const digits = (value: number | undefined): string => value?.toFixed(2) ?? "";
  const what = words.change[total.last.verdict](
    digits(total.last.ratio),
    digits(total.last.interval?.[0]),
    digits(total.last.interval?.[1]),
  );
  return (
    <div className="summary">
      <h3 className="finding">{words.finding(nameOf(summary.within), total.last.now, what)}</h3>
      <p className="quiet">{words.spans(day(summary.first), day(summary.last))}</p>
      {!summary.seasonKnown && <p className="hint">{words.noSeason}</p>}
      <div className="side-by-side">
        <TrendLines
          title={`${words.trend}：${words.trendOf[total.last.verdict]}`}
          days={trend.map((point) => point.day)}
          label={day}
          lines={[
            ...(summary.seasonKnown
              ? [{ name: words.lines.season, className: "season", values: trend.map(({ season }) => season ?? 0) }]
              : []),
            { name: words.lines.before, className: "before", values: trend.map(({ before }) => before) },
            { name: words.lines.now, className: "now", values: trend.map(({ now }) => now) },
          ]}
        />
        <ChangeMap summary={summary} nameOf={nameOf} />
      </div>
      <Movers cells={summary.categories} nameOf={nameOf} />
      <Table title={words.area} cells={summary.areas} nameOf={nameOf} rates season={summary.seasonKnown} />
      <Table title={words.family} cells={summary.families} nameOf={nameOf} season={summary.seasonKnown} />
      <Crossings summary={summary} nameOf={nameOf} />
      <details className="setting">
        <summary>{words.allCategories(summary.categories.length)}</summary>
        <Table title={words.category} cells={summary.categories} nameOf={nameOf} season={summary.seasonKnown} />
      </details>
    </div>
  );
}

const levelBelow = (code: string) =>
  code.endsWith("00000000") ? "county" : code.endsWith("000000") ? "township" : ("community" as const);

function ChangeMap({ summary, nameOf }: { summary: Summary; nameOf: NameOf }) {
  const { t } = useInsightTexts();
  const level = levelBelow(summary.within);
  const found = useQuery({
    queryKey: ["lines", level, summary.within],
    queryFn: () => insight.lines(level, summary.within),
    staleTime: 3_600_000,
  });
  const verdicts = new Map(summary.areas.map(({ id, last }) => [id, last.verdict]));
  return (
    <div>
      <p className="map-title">{t.comparison.map}</p>
      <AreaMap
        title={t.comparison.map}
        indicative={t.alarms.indicative}
        features={found.data?.features ?? []}
        classOf={(code) => `land change-${verdicts.get(code) ?? "tooFew"}`}
        nameOf={({ properties }) =>
          `${nameOf(properties.code)} ${t.comparison.verdict[verdicts.get(properties.code) ?? "tooFew"]}`
        }
        height={300}
      />
      <p className="quiet">{t.comparison.mapHint}</p>
      <p className="row keys">
        {(["more", "alike", "less", "tooFew"] as const).map((verdict) => (
          <span key={verdict} className={`key change-${verdict}`}>
            {t.comparison.verdict[verdict]}
          </span>
        ))}
      </p>
    </div>
  );
}

/** What moved beyond chance, farthest first. */
function Movers({ cells, nameOf }: { cells: readonly Cell[]; nameOf: NameOf }) {
  const { t } = useInsightTexts();
  const moved = cells.filter(({ last }) => last.verdict === "more" || last.verdict === "less").slice(0, movers);
  return (
    <>
      <h3>{t.comparison.movers}</h3>
      {moved.length === 0 && <p className="quiet">{t.comparison.moversNone}</p>}
      <ul className="movers">
        {moved.map(({ id, last }) => (
          <li key={id} className={last.verdict}>
            <b>{nameOf(id)}</b>{" "}
            <span>
              {last.verdict === "more" ? "▲" : "▼"} × {last.ratio!.toFixed(1)} {t.comparison.verdict[last.verdict]}
            </span>{" "}
            <span className="quiet">
              {last.before} → {last.now}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

type TableProps = { title: string; cells: readonly Cell[]; nameOf: NameOf; rates?: boolean; season: boolean };

function Table({ title, cells, nameOf, rates, season }: TableProps) {
  const { t } = useInsightTexts();
  const words = t.comparison;
  const heads = [
    title,
    words.now,
    words.before,
    words.changed,
    words.interval,
    season && words.season,
    rates && words.rate,
  ];
  return (
    <div className="scroller" tabIndex={0} role="group" aria-label={title}>
      <table>
        <thead>
          <tr>
            {heads.map(
              (head) =>
                head && (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ),
            )}
          </tr>
        </thead>
        <tbody>
          {cells.map((cell) => (
            <tr key={cell.id}>
              <th scope="row">{nameOf(cell.id)}</th>
              <td className="amount">{cell.last.now}</td>
              <td className="amount">{cell.last.before}</td>
              <td className={cell.last.verdict}>
                {cell.last.ratio !== undefined && `× ${cell.last.ratio.toFixed(2)} `}
                {words.verdict[cell.last.verdict]}
              </td>
              <td>{cell.last.interval?.map((value) => value.toFixed(2)).join(" – ")}</td>
              {season && (
                <td className={cell.season?.verdict}>
                  {cell.season?.ratio !== undefined && `× ${cell.season.ratio.toFixed(2)} `}
                  {cell.season && words.verdict[cell.season.verdict]}
                </td>
              )}
              {rates && <td>{cell.rate && <RateCell rate={cell.rate} />}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RateCell({ rate }: { rate: NonNullable<Cell["rate"]> }) {
  const { t } = useInsightTexts();
  const words = t.comparison;
  if (rate.kind !== "rate") return <span className="quiet">{words[rate.kind]}</span>;
  const [low, high] = rate.interval.map((value) => value.toFixed(2)) as [string, string];
  return (
    <>
      {rate.perThousand.toFixed(2)} <span className="quiet">（{words.rateHint(low, high, rate.n)}）</span>
    </>
  );
}

/** Families by areas; darker where there is more, with the number in words of digits. */
function Crossings({ summary, nameOf }: { summary: Summary; nameOf: NameOf }) {
  const { t } = useInsightTexts();
  const words = t.comparison;
  const of = new Map(summary.crossings.map((each) => [`${each.family} ${each.areaCode}`, each]));
  const most = Math.max(1, ...summary.crossings.map(({ now }) => now));
  const shown = (n: number): string => (shownCount(n) === "few" ? words.few : String(n));
  return (
    <>
      <h3>{words.crossing}</h3>
      <p className="quiet">{words.crossingHint}</p>
      <div className="scroller" tabIndex={0} role="group" aria-label={words.crossing}>
        <table className="crossing">
          <thead>
            <tr>
              <th scope="col">{words.family}</th>
              {summary.areas.map(({ id }) => (
                <th key={id} scope="col">
                  {nameOf(id)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {summary.families.map(({ id: family }) => (
              <tr key={family}>
                <th scope="row">{nameOf(family)}</th>
                {summary.areas.map(({ id }) => {
                  const cell = of.get(`${family} ${id}`) ?? { now: 0, before: 0 };
                  return (
                    <td key={id} className={`shade-${Math.ceil((4 * cell.now) / most)}`}>
                      {shown(cell.now)} <span className="quiet">（{shown(cell.before)}）</span>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
