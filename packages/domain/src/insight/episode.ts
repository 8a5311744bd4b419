import type { Thresholds } from "./budget.ts";
import { levelOfCode } from "../territory/code.ts";
import { meet } from "./echo.ts";
import type { Finding } from "./finding.ts";

/** A cluster over the days for which it lasts. */
export type Episode = Finding & {
  id: string;
  state: "new" | "ongoing" | "closed";
  openedOn: number;
  /** Last day on which it was still found. */
  seenOn: number;
  /** Last day on which somebody was told: at first, and when cases joined. */
  raisedOn: number;
};

/** An episode that was not found for this long is over. */
export const quietDays = 7;

/** A cluster that is still found is followed even when it would be too common to start an alarm. */
export const followShare = 0.05;

const wide: readonly unknown[] = ["city", "county"];
const isWide = ({ tool, areaCodes }: Finding): boolean =>
  tool === "howMuch" && wide.includes(levelOfCode(areaCodes[0]!));

function continues(episode: Finding, finding: Finding): boolean {
  // What rises in a whole county does not swallow what happens in one of its villages.
  if (episode.tool !== finding.tool && (isWide(episode) || isWide(finding))) return false;
  return (
    episode.streamId === finding.streamId &&
    finding.from <= episode.to + 1 &&
    episode.from <= finding.to + 1 &&
    meet(finding.areaCodes, episode.areaCodes) &&
    isWide(episode) === isWide(finding)
  );
}

/** Found again: by a case that joined it is raised again; the same day looked at twice leaves it new. */
function again(episode: Episode, found: Finding, day: number): Episode {
  const joined = found.lastCaseOn > episode.lastCaseOn;
  const state = episode.openedOn === day ? "new" : "ongoing";
  return { ...episode, ...found, state, seenOn: day, raisedOn: joined ? day : episode.raisedOn };
}

/**
 * Follows episodes into another day: found again they go on, new rare clusters open new ones, quiet ones close. An
 * ongoing episode is raised again only when a case has joined it. The same day twice changes nothing.
 * @param open the episodes that are not closed
 * @param least the recurrence interval from which a finding of each tool opens an episode, in days
 * @param newId makes ids for new episodes
 * @returns the episodes as they are after the day; those with `raisedOn === day` are to be told
 */
export function followEpisodes(
  open: readonly Episode[],
  findings: readonly Finding[],
  day: number,
  least: Thresholds,
  newId: () => string,
): Episode[] {
  const left = new Set(findings);
  const followed = open.map((episode): Episode => {
    const found = findings.filter(
      (each) => left.has(each) && each.recurrence >= least[each.tool] * followShare && continues(episode, each),
    );
    if (found.length === 0) return day - episode.seenOn >= quietDays ? { ...episode, state: "closed" } : episode;
    // Whatever else belongs to the same thing is part of it, not an alarm of its own.
    for (const each of found) left.delete(each);
    return again(episode, found.find(({ tool }) => tool === episode.tool) ?? found[0]!, day);
  });
  const opened: Episode[] = [];
  for (const finding of left) {
    if (finding.recurrence < least[finding.tool]) continue;
    if (opened.some((episode) => continues(episode, finding))) continue;
    opened.push({ ...finding, id: newId(), state: "new", openedOn: day, seenOn: day, raisedOn: day });
  }
  return [...followed, ...opened];
}
