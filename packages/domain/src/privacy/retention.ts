import { refuse, type LingeError } from "../error/catalogue.ts";

/** Kinds of data with a time of their own (domain.md, personal data; the last ones are our housekeeping). */
export const retentionKeys = [
  "caseIdentity",
  "caseFile",
  "emergencyData",
  "visitNotes",
  "chatExtracts",
  "residentProfile",
  "ratingLink",
  "accessRecords",
  "dataRequests",
  "unusedPhotos",
  "signIn",
  "commands",
] as const;
export type RetentionKey = (typeof retentionKeys)[number];

/** Days that data is kept, and the bounds within which a city may choose. */
export type RetentionRule = { days: number; least: number; most: number };

/**
 * The table of domain.md. Personal data may be kept shorter than it says, never longer; what proves who looked, and the
 * case file, may not be cut short either.
 */
export const retentionRules: Record<RetentionKey, RetentionRule> = {
  caseIdentity: { days: 365, least: 30, most: 365 },
  caseFile: { days: 3650, least: 1825, most: 3650 },
  emergencyData: { days: 30, least: 0, most: 30 },
  visitNotes: { days: 365, least: 30, most: 365 },
  chatExtracts: { days: 90, least: 1, most: 90 },
  residentProfile: { days: 90, least: 1, most: 90 },
  ratingLink: { days: 180, least: 30, most: 180 },
  accessRecords: { days: 1095, least: 365, most: 1095 },
  dataRequests: { days: 1095, least: 365, most: 1095 },
  unusedPhotos: { days: 7, least: 1, most: 7 },
  signIn: { days: 1, least: 1, most: 1 },
  commands: { days: 400, least: 400, most: 400 },
};

export type RetentionTable = Record<RetentionKey, number>;

export const seedRetention: RetentionTable = Object.fromEntries(
  retentionKeys.map((key) => [key, retentionRules[key].days]),
) as RetentionTable;

/** Why a table cannot be used, if so: a key with too few or too many days. */
export function retentionProblem(table: RetentionTable): LingeError | undefined {
  for (const key of retentionKeys) {
    const { least, most } = retentionRules[key];
    const days = table[key];
    if (!Number.isInteger(days) || days < least || days > most)
      return refuse("invalidInput", { field: key, problem: `${least}–${most}` });
  }
  return undefined;
}

const dayMs = 86_400_000;

/** Data of before this moment has had its time. ISO time. */
export function keptUntil(table: RetentionTable, key: RetentionKey, now: number): string {
  return new Date(now - table[key] * dayMs).toISOString();
}

/** A run over the data: a dry one counts, the other removes. */
export type RetentionRun = {
  id: string;
  dry: boolean;
  tableVersion: number;
  startedAt: string;
  finishedAt?: string;
  counts: Partial<Record<RetentionKey, number>>;
  held: Partial<Record<RetentionKey, number>>;
};

/** Whether a removal broke off and goes on: under the table it began with, not under another. */
export function isBroken({ dry, finishedAt, tableVersion }: RetentionRun, version: number): boolean {
  return !dry && finishedAt === undefined && tableVersion === version;
}

/** A dry run counts as seen for this long. */
const freshMs = dayMs;

/**
 * Whether data may be removed now: somebody has seen, within a day and under the same table, what would go. The nightly
 * run needs that the table in force was carried out by a person once.
 * @param past newest first
 */
export function mayRemove(
  past: readonly RetentionRun[],
  tableVersion: number,
  now: number,
  nightly: boolean,
): LingeError | undefined {
  if (past.some((run) => isBroken(run, tableVersion))) return undefined;
  const same = past.filter((run) => run.tableVersion === tableVersion && run.finishedAt !== undefined);
  const seen = nightly
    ? same.some(({ dry }) => !dry)
    : same.some(({ dry, finishedAt }) => dry && now - Date.parse(finishedAt!) <= freshMs);
  return seen ? undefined : refuse("dryRunFirst", {});
}
