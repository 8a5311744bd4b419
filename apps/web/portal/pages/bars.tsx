import type { UnitCounts } from "@linge/domain/assessment/monthly.ts";
import { proportion } from "@linge/domain/assessment/proportion.ts";
import type { Language } from "../model.ts";
import { portalTexts } from "../texts.ts";
import { percent, shown, wholeOf } from "./unitTable.tsx";

/** Shares in words and bars: each bar with the range in which the true level likely lies. */
export function Bars({ row, language }: { row: Omit<UnitCounts, "unitId">; language: Language }) {
  const t = portalTexts[language].figures;
  return (
    <dl className="bars">
      {shown.map((name) => {
        const found = proportion(row[name], wholeOf(row, name));
        if (!found) return null;
        return (
          <div key={name}>
            <dt>{t.columns[name]}</dt>
            <dd>
              <b>{percent(found.share)}</b> {t.within(found.part, found.whole, percent(found.low), percent(found.high))}
              <svg className="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                <rect width="100" height="6" className="whole" />
                <rect width={100 * found.share} height="6" className="part" />
                <rect x={100 * found.low} y="2" width={Math.max(0.5, 100 * (found.high - found.low))} height="2" />
              </svg>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
