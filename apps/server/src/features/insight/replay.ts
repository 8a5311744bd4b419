import { existsSync, readFileSync } from "node:fs";
import { daysOfMonth, leastRecurrence } from "@linge/domain/insight/budget.ts";
import { followEpisodes, type Episode } from "@linge/domain/insight/episode.ts";
import type { House } from "../../platform/house.ts";
import { newId } from "../../platform/ids.ts";
import { truthFile, type DemoTruth } from "../demo/city.ts";
import type { DemoEvent } from "../demo/events.ts";
import { dayName, dayNumber, lastWholeDay, loadStreams } from "./streams.ts";
import { scanInWorker } from "./work.ts";

/** What the alarms of a stretch of history would have been, and what they were worth. */
export type Replay = {
  budget: number;
  from: string;
  to: string;
  streams: number;
  episodes: {
    streamId: string;
    openedOn: string;
    from: string;
    areas: number;
    observed: number;
    expected: number;
    recurrence: number;
    event?: string;
  }[];
  /** Episodes a month that match nothing known to have happened; only where the truth is known. */
  falsePerMonth?: number;
  alarmsPerMonth: number;
  events?: {
    id: string;
    kind: string;
    categoryIds: string[];
    from: string;
    cases: number;
    foundOn?: string;
    delayDays?: number;
  }[];
};

function truthOf(house: House): DemoTruth | undefined {
  const file = truthFile(house);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as DemoTruth) : undefined;
}

const localDay = (iso: string): number => dayNumber(new Date(Date.parse(iso) + 8 * 3_600_000).toISOString());

/** Whether an episode tells of an event: category or its family, places, and days in common. */
function tells(episode: Episode, event: DemoEvent): boolean {
  return (
    event.categoryIds.some((id) => id === episode.streamId || id.startsWith(`${episode.streamId}.`)) &&
    episode.areaCodes.some((code) => event.gridCodes.includes(code)) &&
    episode.to >= localDay(event.from) &&
    episode.from <= localDay(event.to) + 1
  );
}

/**
 * Replays early warning over the city's own history, day by day with no knowledge of what came after: how many alarms a
 * month a budget would have brought and, where the truth is known, what was found and how late.
 */
export async function replay(
  house: House,
  days: number,
  budget: number,
  progress: (done: number, of: number) => void,
  signal?: AbortSignal,
): Promise<Replay> {
  const last = lastWholeDay(house.clock());
  const list = Array.from({ length: days }, (_, i) => last - days + 1 + i);
  const { places, streams } = await loadStreams(house, last, days);
  const least = leastRecurrence(budget, streams.length);
  let open: Episode[] = [];
  const all = new Map<string, Episode>();
  let done = 0;
  const request = { places, streams, least };
  await scanInWorker(
    request,
    list,
    (day, findings) => {
      const followed = followEpisodes(open, findings, day, least, newId);
      // What an episode was first raised with is what counts; later days only keep it open.
      for (const episode of followed) if (!all.has(episode.id)) all.set(episode.id, episode);
      open = followed.filter(({ state }) => state !== "closed");
      progress((done += 1), days);
    },
    signal,
  );
  const episodes = [...all.values()];
  const truth = truthOf(house);
  const within = truth?.events.filter((event) => localDay(event.to) >= list[0]! && localDay(event.from) <= last);
  const events = within?.map((event) => {
    const found = episodes.find((episode) => tells(episode, event));
    const foundOn = found && dayName(found.openedOn);
    return {
      id: event.id,
      kind: event.kind,
      categoryIds: event.categoryIds,
      from: dayName(localDay(event.from)),
      cases: event.cases,
      foundOn,
      delayDays: found && Math.max(0, found.openedOn - localDay(event.from)),
    };
  });
  const eventOf = (episode: Episode): string | undefined => truth?.events.find((event) => tells(episode, event))?.id;
  const months = days / daysOfMonth;
  return {
    budget,
    from: dayName(list[0]!),
    to: dayName(last),
    streams: streams.length,
    episodes: episodes.map((episode) => ({
      streamId: episode.streamId,
      openedOn: dayName(episode.openedOn),
      from: dayName(episode.from),
      areas: episode.areaCodes.length,
      observed: episode.observed,
      expected: episode.expected,
      recurrence: episode.recurrence,
      event: eventOf(episode),
    })),
    alarmsPerMonth: episodes.length / months,
    falsePerMonth: truth && episodes.filter((episode) => !eventOf(episode)).length / months,
    events,
  };
}
