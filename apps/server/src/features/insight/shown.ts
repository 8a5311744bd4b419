import { rarity } from "@linge/domain/insight/budget.ts";
import type { House } from "../../platform/house.ts";
import { dayName } from "./day.ts";
import type { DecidedEpisode } from "./episodes.ts";
import { areaName, streamName, unitName } from "./named.ts";

/** An episode with days and names that a page can show. */
export function shown(house: House, episode: DecidedEpisode) {
  const { focus, drivers, runnerUp, ownerUnit, lastCaseOn, ...rest } = episode;
  return {
    ...rest,
    from: dayName(episode.from),
    to: dayName(episode.to),
    openedOn: dayName(episode.openedOn),
    raisedOn: dayName(episode.raisedOn),
    seenOn: dayName(episode.seenOn),
    lastCaseOn: dayName(lastCaseOn),
    stream: streamName(house, episode.streamId),
    areas: episode.areaCodes.map((code) => areaName(house, code)),
    focus: focus && { ...areaName(house, focus.areaCode), observed: focus.observed, expected: focus.expected },
    drivers: drivers.map(({ areaCode, ...counts }) => ({ ...areaName(house, areaCode), ...counts })),
    runnerUp: runnerUp && {
      areas: runnerUp.areaCodes.map((code) => areaName(house, code)),
      from: dayName(runnerUp.from),
      to: dayName(runnerUp.to),
      observed: runnerUp.observed,
      expected: runnerUp.expected,
      rarity: rarity(runnerUp.recurrence, episode.looks),
    },
    rarity: rarity(episode.recurrence, episode.looks),
    ownerUnit,
    owner: ownerUnit ? unitName(house, ownerUnit) : undefined,
    /** Where to draw it on a map of the city. */
    centre: house.territory.area(focus?.areaCode ?? episode.areaCodes[0]!)?.centre,
  };
}
export type ShownEpisode = ReturnType<typeof shown>;
