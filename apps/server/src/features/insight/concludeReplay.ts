import { budgets } from "@linge/domain/insight/budget.ts";
import type { Looks } from "@linge/domain/insight/finding.ts";
import { judge, type Found, type Judgement, type PastDay } from "@linge/domain/insight/replaying.ts";
import type { Tx } from "../../platform/db/database.ts";
import type { House } from "../../platform/house.ts";
import { momentOf } from "../../platform/moment.ts";
import { newId } from "../../platform/ids.ts";
import { dayName } from "./day.ts";
import { endScan, type Scan } from "./scans.ts";
import { happeningsOf } from "./truth.ts";

/** An alarm of the past, as short as a page of many needs it. */
export type ReplayedAlarm = {
  tool: string;
  streamId: string;
  areaCode: string;
  areas: number;
  openedOn: string;
  from: string;
  observed: number;
  expected: number;
  recurrence: number;
  happening?: string;
};
export type ReplayedHappening = Pick<Found, "id" | "kind" | "categoryIds" | "cases" | "delayDays"> & {
  from: string;
  to: string;
  foundOn?: string;
};

/** What the past says about each budget that can be chosen. */
export type ReplaySummary = {
  seconds: number;
  budgets: { judgement: Judgement; alarms: ReplayedAlarm[]; happenings?: ReplayedHappening[] }[];
};

/** Judges every budget by what was found on each day of the past. */
export async function concludeReplay(
  house: House,
  tx: Tx,
  scan: Scan,
  { days, looks, seconds }: { days: PastDay[]; looks: Looks; seconds: number },
): Promise<void> {
  const happenings = happeningsOf(house, scan.firstDay, scan.lastDay);
  const summary: ReplaySummary = {
    seconds,
    budgets: budgets.map((perMonth) => {
      const judged = judge(days, perMonth, looks, happenings, newId);
      return {
        judgement: judged.judgement,
        alarms: judged.alarms.map((alarm): ReplayedAlarm => ({
          tool: alarm.tool,
          streamId: alarm.streamId,
          areaCode: alarm.areaCodes[0]!,
          areas: alarm.areaCodes.length,
          openedOn: dayName(alarm.openedOn),
          from: dayName(alarm.from),
          observed: alarm.observed,
          expected: alarm.expected,
          recurrence: alarm.recurrence,
          happening: alarm.happening,
        })),
        happenings: judged.happenings?.map(({ id, kind, categoryIds, cases, from, to, foundOn, delayDays }) => ({
          id,
          kind,
          categoryIds,
          cases,
          from: dayName(from),
          to: dayName(to),
          foundOn: foundOn === undefined ? undefined : dayName(foundOn),
          delayDays,
        })),
      };
    }),
  };
  await endScan(tx, house.cityId, scan.id, { at: momentOf(house), looks, summary });
}
