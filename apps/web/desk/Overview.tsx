import { leastCompared, type Share } from "@linge/domain/insight/share.ts";
import type { TownshipLine, UnitLine } from "@linge/server/features/overview/queries.ts";
import { useQuery } from "@tanstack/react-query";
import { momentText } from "../ui/time.ts";
import { api } from "./api.ts";
import { useTexts } from "./language.tsx";

const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** A share with its number and interval; as bare numbers while there are too few to compare. */
function ShareText({ share: { part, whole, low, high } }: { share: Share }) {
  if (whole === 0) return <span className="quiet">–</span>;
  if (whole < leastCompared)
    return (
      <span className="quiet">
        {part}/{whole}
      </span>
    );
  return (
    <>
      {percent(part / whole)}{" "}
      <span className="quiet">
        ({percent(low)}–{percent(high)}, n={whole})
      </span>
    </>
  );
}

function Late({ count }: { count: number }) {
  return count > 0 ? <span className="light-red">▲ {count}</span> : <span className="quiet">0</span>;
}

function Heads({ heads }: { heads: string[] }) {
  return (
    <thead>
      <tr>
        {heads.map((head) => (
          <th key={head} scope="col">
            {head}
          </th>
        ))}
      </tr>
    </thead>
  );
}

type Named = { zh: string; en: string };
const sum = <T,>(lines: readonly T[], of: (line: T) => number): number =>
  lines.reduce((total, line) => total + of(line), 0);

function Townships({ lines, onArea }: { lines: TownshipLine[]; onArea?: (code: string) => void }) {
  const { t, language } = useTexts();
  const counties = Map.groupBy(lines, (line) => line.county.zh);
  const name = (line: TownshipLine) =>
    onArea ? (
      <button className="link" onClick={() => onArea(line.code)}>
        {line[language]}
      </button>
    ) : (
      line[language]
    );
  return (
    <table className="figures">
      <caption>{t.overview.townships}</caption>
      <Heads heads={t.overview.townshipHeads} />
      {[...counties.values()].map((group) => (
        <tbody key={group[0]!.county.zh}>
          <tr className="group">
            <th scope="rowgroup">{(group[0]!.county as Named)[language]}</th>
            <td>{sum(group, (line) => line.open)}</td>
            <td>
              <Late count={sum(group, (line) => line.overdue)} />
            </td>
            <td>{sum(group, (line) => line.reported)}</td>
            <td className="quiet">{sum(group, (line) => line.reportedBefore)}</td>
            <td>{sum(group, (line) => line.closed)}</td>
            <td />
          </tr>
          {group.map((line) => (
            <tr key={line.code}>
              <th scope="row">{name(line)}</th>
              <td>{line.open}</td>
              <td>
                <Late count={line.overdue} />
              </td>
              <td>{line.reported}</td>
              <td className="quiet">{line.reportedBefore}</td>
              <td>{line.closed}</td>
              <td>
                <ShareText share={line.resolved} />
              </td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

function Units({ lines }: { lines: UnitLine[] }) {
  const { t, language } = useTexts();
  const busy = lines.filter((line) => line.open || line.due);
  return (
    <table className="figures">
      <caption>{t.overview.units}</caption>
      <Heads heads={t.overview.unitHeads} />
      <tbody>
        {busy.map((line) => (
          <tr key={line.id}>
            <th scope="row">{line[language]}</th>
            <td>{line.open}</td>
            <td>
              <Late count={line.overdue} />
            </td>
            <td>{line.due}</td>
            <td>
              <ShareText share={line.onTime} />
            </td>
            <td>
              <ShareText share={line.resolved} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** For those who lead: what is in hand and what is late, by township and by unit, in the order of the codes. */
export function Overview({ onArea }: { onArea?: (code: string) => void }) {
  const { t, language } = useTexts();
  const found = useQuery({ queryKey: ["overview"], queryFn: api.overview, refetchInterval: 60_000 });
  if (found.isPending) return <main className="middle whole empty">{t.loading}</main>;
  if (found.isError)
    return (
      <main className="middle whole empty" role="alert">
        <p>{found.error.message}</p>
        <button onClick={() => void found.refetch()}>{t.retry}</button>
      </main>
    );
  const { at, townships, units } = found.data;
  const [open, overdue] = [sum(townships, (line) => line.open), sum(townships, (line) => line.overdue)];
  const [now, before] = [sum(townships, (line) => line.reported), sum(townships, (line) => line.reportedBefore)];
  return (
    <main className="middle whole overview">
      <h2>{t.overview.title}</h2>
      {townships.length > 0 && <p className="lead">{t.overview.sentence(open, overdue, now, before)}</p>}
      <p className="quiet">
        {t.overview.asOf(momentText(at, language))} {t.overview.note(leastCompared)}
      </p>
      {townships.length > 0 && <Townships lines={townships} onArea={onArea} />}
      <Units lines={units} />
      <button className="no-print" onClick={() => print()}>
        {t.print}
      </button>
    </main>
  );
}
