import type { Look } from "./look.ts";

/** From when on reading is unusual. Hours are local; `persons` and `attempts` are per person and day. */
export type ReadingRules = {
  persons: number;
  attempts: number;
  nightFrom: number;
  nightTo: number;
  /** Urgent looks at night that a duty desk may need without being asked about. */
  urgentAtNight: number;
  /** Days after the end of a matter from which on a look at it needs a word. */
  endedDays: number;
};

export const seedReadingRules: ReadingRules = {
  persons: 30,
  attempts: 3,
  nightFrom: 22,
  nightTo: 6,
  urgentAtNight: 5,
  endedDays: 90,
};

export const unusualKinds = ["manyPersons", "outOfScope", "night", "endedMatter"] as const;
export type UnusualKind = (typeof unusualKinds)[number];

/** Reading that a privacy officer should look at; it accuses nobody. `day` is the local day on which it began. */
export type UnusualReading = {
  key: string;
  kind: UnusualKind;
  personId: string;
  day: string;
  lookIds: string[];
  subjects: number;
};

const hour = 3_600_000;
const dayMs = 24 * hour;

/** Local time as a Date whose UTC fields read like a clock on the wall. */
const local = (at: string, offsetMinutes: number): Date => new Date(Date.parse(at) + offsetMinutes * 60_000);

function isNight(at: string, { nightFrom, nightTo }: ReadingRules, offsetMinutes: number): boolean {
  const now = local(at, offsetMinutes).getUTCHours();
  return nightFrom > nightTo ? now >= nightFrom || now < nightTo : now >= nightFrom && now < nightTo;
}

/** A night belongs to the day on which it began. */
function nightOf(at: string, { nightTo }: ReadingRules, offsetMinutes: number): string {
  return new Date(local(at, offsetMinutes).getTime() - nightTo * hour).toISOString().slice(0, 10);
}

const dayOf = (at: string, offsetMinutes: number): string => local(at, offsetMinutes).toISOString().slice(0, 10);

/**
 * Finds unusual reading: many persons in a day, attempts out of scope, at night, matters that ended long ago. The same
 * looks give the same keys, so that what was decided about one stays with it.
 * @param looks in any order
 * @param offsetMinutes minutes east of UTC of the city's clock
 * @returns newest day first
 */
export function unusualReading(looks: readonly Look[], rules: ReadingRules, offsetMinutes: number): UnusualReading[] {
  const found: UnusualReading[] = [];
  const gather = (kind: UnusualKind, some: readonly Look[], nameDay: (look: Look) => string, least: number): void => {
    for (const [key, group] of Map.groupBy(some, (look) => `${kind}:${nameDay(look)}:${look.personId}`)) {
      const subjects = new Set(group.map(({ subject }) => subject)).size;
      if ((kind === "manyPersons" ? subjects : group.length) < least) continue;
      const [first] = group;
      const lookIds = group.map(({ id }) => id).sort();
      found.push({ key, kind, personId: first!.personId, day: nameDay(first!), lookIds, subjects });
    }
  };
  const day = ({ at }: Look): string => dayOf(at, offsetMinutes);
  const night = ({ at }: Look): string => nightOf(at, rules, offsetMinutes);
  const read = looks.filter(({ refused }) => refused === undefined);
  const atNight = read.filter(({ at }) => isNight(at, rules, offsetMinutes));
  gather("manyPersons", read, day, rules.persons);
  gather(
    "outOfScope",
    looks.filter(({ refused }) => refused !== undefined),
    day,
    rules.attempts,
  );
  gather(
    "night",
    atNight.filter(({ purpose }) => purpose !== "urgent"),
    night,
    1,
  );
  gather(
    "night",
    withMany(
      atNight.filter(({ purpose }) => purpose === "urgent"),
      night,
      rules.urgentAtNight,
    ),
    night,
    1,
  );
  gather(
    "endedMatter",
    read.filter((look) => isLongOver(look, rules)),
    day,
    1,
  );
  return joined(found).sort((a, b) => b.day.localeCompare(a.day) || a.key.localeCompare(b.key));
}

/** Looks of those persons and nights that have more than so many. */
function withMany(looks: readonly Look[], nameDay: (look: Look) => string, most: number): Look[] {
  const groups = Map.groupBy(looks, (look) => `${nameDay(look)}:${look.personId}`);
  return looks.filter((look) => groups.get(`${nameDay(look)}:${look.personId}`)!.length > most);
}

function isLongOver({ at, endedAt, purpose }: Look, { endedDays }: ReadingRules): boolean {
  // Whoever handles the person's own request has to look, however old the matter is.
  return endedAt !== undefined && purpose !== "dataRequest" && Date.parse(at) - Date.parse(endedAt) > endedDays * dayMs;
}

/** One reading for each key: urgent and other looks of one night belong together. */
function joined(found: readonly UnusualReading[]): UnusualReading[] {
  return [...Map.groupBy(found, ({ key }) => key).values()].map((same) => ({
    ...same[0]!,
    lookIds: same.flatMap(({ lookIds }) => lookIds).sort(),
    subjects: Math.max(...same.map(({ subjects }) => subjects)),
  }));
}
