/** What one day's scan of one stream found: places and counts, never persons or words. */
export type Finding = {
  /** Category, or family of categories. */
  streamId: string;
  areaCodes: string[];
  /** First and last day, whole days since 1970. */
  from: number;
  to: number;
  observed: number;
  expected: number;
  ratio: number;
  p: number;
  /** Days until chance alone would give such a cluster again. */
  recurrence: number;
  drivers: { areaCode: string; observed: number; expected: number }[];
};

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
const followShare = 0.05;

function continues(episode: Episode, finding: Finding): boolean {
  return (
    episode.streamId === finding.streamId &&
    finding.from <= episode.to + 1 &&
    finding.areaCodes.some((code) => episode.areaCodes.includes(code))
  );
}

/** A family's cluster that is mostly the cluster of one of its categories says nothing new. */
const echoShare = 0.6;

/** Leaves out what a family of categories merely repeats of its members: one thing is told once, by its own name. */
export function withoutEchoes(findings: readonly Finding[]): Finding[] {
  return findings.filter(
    (family) =>
      !findings.some(
        (member) =>
          member.streamId.startsWith(`${family.streamId}.`) &&
          member.observed >= echoShare * family.observed &&
          member.from <= family.to &&
          member.to >= family.from &&
          member.areaCodes.some((code) => family.areaCodes.includes(code)),
      ),
  );
}

/**
 * Follows episodes into another day: found again they go on, new rare clusters open new ones, quiet ones close. An
 * ongoing episode is raised again only when a case has joined it.
 * @param open the episodes that are not closed
 * @param least the recurrence interval from which a cluster opens an episode, in days
 * @param newId makes ids for new episodes
 * @returns the episodes as they are after the day; those with `raisedOn === day` are to be told
 */
export function followEpisodes(
  open: readonly Episode[],
  findings: readonly Finding[],
  day: number,
  least: number,
  newId: () => string,
): Episode[] {
  const left = new Set(findings);
  const followed = open.map((episode): Episode => {
    const found = findings.find(
      (finding) => left.has(finding) && finding.recurrence >= least * followShare && continues(episode, finding),
    );
    if (!found) return day - episode.seenOn >= quietDays ? { ...episode, state: "closed" } : episode;
    left.delete(found);
    const joined = found.observed > episode.observed;
    return { ...episode, ...found, state: "ongoing", seenOn: day, raisedOn: joined ? day : episode.raisedOn };
  });
  const opened = [...left]
    .filter((finding) => finding.recurrence >= least)
    .map((finding): Episode => ({
      ...finding,
      id: newId(),
      state: "new",
      openedOn: day,
      seenOn: day,
      raisedOn: day,
    }));
  return [...followed, ...opened];
}
