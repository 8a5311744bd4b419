import { daysOfMonth, thresholdsOf, type Thresholds } from "./budget.ts";
import { meet } from "./echo.ts";
import { followEpisodes, type Episode } from "./episode.ts";
import type { Finding, Looks } from "./finding.ts";

/** Something known to have happened: what early warning should have found. Days since 1970. */
export type Happening = {
  id: string;
  kind: string;
  categoryIds: string[];
  areaCodes: string[];
  from: number;
  to: number;
  cases: number;
};

/** What was found on one day of the past, knowing nothing of the days after. */
export type PastDay = { day: number; findings: Finding[] };

/** An alarm as it was first raised, and the happening that it tells of, where that is known. */
export type PastAlarm = Episode & { happening?: string };

/** What a budget would have brought over a stretch of the past. */
export type Judgement = {
  perMonth: number;
  alarms: number;
  alarmsPerMonth: number;
  /** Only where what happened is known. */
  falsePerMonth?: number;
  found?: number;
  happenings?: number;
  /** Mean days from the first report to the alarm, over those found. */
  meanDelay?: number;
};

/** Whether an alarm tells of a happening: its category or family, ground and days in common. */
export function tells(alarm: Finding, happening: Happening): boolean {
  return (
    happening.categoryIds.some((id) => id === alarm.streamId || id.startsWith(`${alarm.streamId}.`)) &&
    alarm.to >= happening.from &&
    alarm.from <= happening.to + 1 &&
    meet(alarm.areaCodes, happening.areaCodes)
  );
}

/** The alarms that thresholds would have raised, each as it first was: later days only keep an episode open. */
export function alarmsOf(past: readonly PastDay[], least: Thresholds, newId: () => string): Episode[] {
  const raised = new Map<string, Episode>();
  let open: Episode[] = [];
  for (const { day, findings } of past) {
    const followed = followEpisodes(open, findings, day, least, newId);
    for (const episode of followed) if (!raised.has(episode.id)) raised.set(episode.id, episode);
    open = followed.filter(({ state }) => state !== "closed");
  }
  return [...raised.values()];
}

export type Found = Happening & { foundOn?: number; delayDays?: number };

/** Which of the happenings alarms told of, and how late. */
export function foundAmong(alarms: readonly Episode[], happenings: readonly Happening[]): Found[] {
  return happenings.map((happening) => {
    const first = alarms.filter((alarm) => tells(alarm, happening)).map(({ openedOn }) => openedOn);
    if (first.length === 0) return happening;
    const foundOn = Math.min(...first);
    return { ...happening, foundOn, delayDays: Math.max(0, foundOn - happening.from) };
  });
}

/** Judges one budget by the past. Without happenings only the number of alarms can be told. */
export function judge(
  past: readonly PastDay[],
  perMonth: number,
  looks: Looks,
  happenings: readonly Happening[] | undefined,
  newId: () => string,
): { judgement: Judgement; alarms: PastAlarm[]; happenings?: Found[] } {
  const raised = alarmsOf(past, thresholdsOf(perMonth, looks), newId);
  const months = Math.max(1, past.length) / daysOfMonth;
  const simple = { perMonth, alarms: raised.length, alarmsPerMonth: raised.length / months };
  if (!happenings) return { judgement: simple, alarms: raised };
  const alarms = raised.map((alarm): PastAlarm => {
    const happening = happenings.find((each) => tells(alarm, each))?.id;
    return { ...alarm, ...(happening !== undefined && { happening }) };
  });
  const all = foundAmong(raised, happenings);
  const delays = all.flatMap(({ delayDays }) => (delayDays === undefined ? [] : [delayDays]));
  return {
    alarms,
    happenings: all,
    judgement: {
      ...simple,
      falsePerMonth: alarms.filter(({ happening }) => happening === undefined).length / months,
      found: delays.length,
      happenings: all.length,
      ...(delays.length > 0 && { meanDelay: delays.reduce((sum, each) => sum + each, 0) / delays.length }),
    },
  };
}
