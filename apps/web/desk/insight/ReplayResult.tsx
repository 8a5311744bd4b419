import { rounded } from "@linge/domain/insight/words.ts";
import { dayText } from "../../ui/time.ts";
import type { LastReplay } from "./api.ts";
import { PromiseBars } from "./charts/PromiseBars.tsx";
import { Timeline } from "./charts/Timeline.tsx";
import { useInsightTexts } from "./texts.ts";

type Judged = LastReplay["budgets"][number];

/** Whether the promise was kept, first in words, then drawn, then row by row. */
export function ReplayResult({ last, chosen }: { last: LastReplay; chosen: number }) {
  const { t, language } = useInsightTexts();
  const judged = last.budgets.find(({ judgement }) => judgement.perMonth === chosen)!;
  const { judgement, alarms, happenings } = judged;
  const words = t.replay;
  const day = (iso: string): string => (iso ? dayText(iso, language) : "");
  const hits = alarms.filter(({ happening }) => happening).length;
  return (
    <>
      <h3 className="finding">{promise(judged, words)}</h3>
      {judgement.happenings ? (
        <p>
          <b>{words.found(judgement.found!, judgement.happenings, ((judgement.meanDelay ?? 0) + 1).toFixed(1))}</b>
        </p>
      ) : null}
      <Timeline
        title={happenings ? words.timeline(hits, alarms.length - hits) : words.timelinePlain(alarms.length)}
        from={last.from}
        to={last.to}
        label={day}
        spans={(happenings ?? []).map((each) => ({
          id: each.id,
          from: each.from,
          to: each.to,
          className: each.kind,
          title: `${words.event[each.kind]} ${each.streams[0]?.[language]} ${day(each.from)}`,
        }))}
        dots={alarms.map((alarm) => ({
          day: alarm.openedOn,
          hit: alarm.happening !== undefined,
          title: `${day(alarm.openedOn)} ${alarm.stream[language]} ${alarm.area[language]}`,
        }))}
      />
      <p className="row keys">
        {happenings && <span className="key surge">{words.legend.happening}</span>}
        <span className="key hit">{happenings ? words.legend.hit : words.alarms}</span>
        {happenings && <span className="key lone">{words.legend.lone}</span>}
      </p>
      <PromiseBars
        title={words.curve}
        chosen={chosen}
        budgets={last.budgets.map(({ judgement: each }) => ({
          promise: each.perMonth,
          alarms: each.alarmsPerMonth,
          wrong: each.falsePerMonth,
        }))}
        names={words.legend}
      />
      {happenings && <Happenings judged={judged} />}
      <AlarmTable judged={judged} />
    </>
  );
}

function promise({ judgement }: Judged, words: ReturnType<typeof useInsightTexts>["t"]["replay"]): string {
  const { perMonth, falsePerMonth, alarmsPerMonth } = judgement;
  if (falsePerMonth === undefined) return words.alarmsOnly(perMonth, alarmsPerMonth.toFixed(1));
  return (falsePerMonth <= perMonth ? words.kept : words.broken)(perMonth, falsePerMonth.toFixed(1));
}

function Happenings({ judged: { happenings } }: { judged: Judged }) {
  const { t, language } = useInsightTexts();
  const words = t.replay;
  return (
    <>
      <h3>{words.happenings}</h3>
      <div className="scroller" tabIndex={0} role="group" aria-label={words.happenings}>
        <table>
          <thead>
            <tr>
              {Object.values(words.head).map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {happenings!.map((each) => (
              <tr key={each.id}>
                <th scope="row">
                  {words.event[each.kind]} ·{" "}
                  {each.streams
                    .slice(0, 2)
                    .map((stream) => stream[language])
                    .join(language === "zh" ? "、" : ", ")}
                </th>
                <td>{dayText(each.from, language)}</td>
                <td className="amount">{each.cases}</td>
                <td>{each.foundOn ? `✓ ${words.foundOn(each.delayDays ?? 0)}` : `✗ ${words.missed}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function AlarmTable({ judged: { alarms, happenings } }: { judged: Judged }) {
  const { t, language } = useInsightTexts();
  const words = t.replay;
  const heads = Object.entries(words.alarmHead).filter(([key]) => happenings || key !== "hit");
  return (
    <>
      <h3>{words.alarms}</h3>
      <div className="scroller" tabIndex={0} role="group" aria-label={words.alarms}>
        <table>
          <thead>
            <tr>
              {heads.map(([key, head]) => (
                <th key={key} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {alarms.map((alarm, i) => (
              <tr key={i}>
                <th scope="row">
                  {alarm.stream[language]} <span className="quiet">{words.tool[alarm.tool]}</span>
                </th>
                <td>{alarm.area[language]}</td>
                <td>{dayText(alarm.openedOn, language)}</td>
                <td>
                  {alarm.observed} / {rounded(alarm.expected)}
                </td>
                {happenings && <td>{alarm.happening ? `✓ ${words.yes}` : words.no}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
