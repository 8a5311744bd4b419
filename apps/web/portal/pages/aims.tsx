import type { Comparison } from "@linge/domain/insight/comparison.ts";
import type { Language, PageOf } from "../model.ts";
import { portalTexts } from "../texts.ts";

const number = (value: number): string => value.toFixed(value < 10 ? 2 : 0).replace(/\.?0+$/, "");

/** A count beside that of the 30 days before, as far as it can honestly be compared. */
function change({ ratio = 1, interval = [1, 1], verdict }: Comparison, language: Language): string {
  return portalTexts[language].figures.change[verdict](number(ratio), number(interval[0]), number(interval[1]));
}

/** The four aims as what can be counted of them, each with what that count does not say. */
export function AimsPart({ page }: { page: PageOf<"figures"> }) {
  const t = portalTexts[page.language].figures;
  const { participation, cover, roundTheClock, safety } = page.figures.aims;
  const aims: { name: string; said: string; compared?: string; not: string }[] = [
    {
      name: t.aim.participation,
      said: t.participation(participation.reports.now, participation.communities, participation.of),
      compared: change(participation.reports, page.language),
      not: t.participationNot,
    },
    { name: t.aim.cover, said: t.cover(cover.grids, cover.atSea, cover.lookedAfter), not: t.coverNot },
    {
      name: t.aim.roundTheClock,
      said: t.roundTheClock(roundTheClock.outsideHours, roundTheClock.reports),
      not: t.roundTheClockNot,
    },
    {
      name: t.aim.safety,
      said: t.safety(safety.reports.now, safety.closed, safety.notResolved),
      compared: change(safety.reports, page.language),
      not: t.safetyNot,
    },
  ];
  return (
    <section aria-labelledby="aims">
      <h2 id="aims">{t.aims}</h2>
      <p className="hint">{t.aimsHint}</p>
      <ul className="aims">
        {aims.map(({ name, said, compared, not }) => (
          <li key={name}>
            <h3>{name}</h3>
            <p>
              {said} {compared}
            </p>
            <p className="hint">{not}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
