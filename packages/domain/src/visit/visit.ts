import { refuse, type LingeError } from "../error/catalogue.ts";

/** What a household may ask for, as the service menu names it. Structured, so that nothing is written about a person. */
export const visitNeeds = [
  "medicine",
  "errands",
  "meals",
  "company",
  "repair",
  "transport",
  "guidance",
  "mediation",
] as const;
export type VisitNeed = (typeof visitNeeds)[number];

/**
 * What a visit consists of, field by field, so that two people's entries merge. Days are `YYYY-MM-DD`.
 * - `door`: the house and door or the vessel; never a name.
 * - `agreed`: the people there agreed that their needs are noted.
 * - `caseId`: the case that a difficulty became.
 */
export type VisitValues = {
  door?: string;
  dueOn?: string;
  visitedOn?: string;
  met?: boolean;
  agreed?: boolean;
  dropped?: boolean;
  caseId?: string;
} & Partial<Record<`need.${VisitNeed}`, boolean>>;
export type VisitField = keyof VisitValues & string;

export type VisitState = "due" | "visited" | "dropped";

/** Where a visit stands. */
export function visitState({ visitedOn, dropped }: VisitValues): VisitState {
  if (dropped) return "dropped";
  return visitedOn ? "visited" : "due";
}

/** The needs that stand, in the order of the menu. */
export function needsOf(values: VisitValues): VisitNeed[] {
  return visitNeeds.filter((need) => values[`need.${need}`]);
}

const isDay = (value: unknown): boolean =>
  typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/u.test(value) && !Number.isNaN(Date.parse(value));
const isFlag = (value: unknown): boolean => typeof value === "boolean";
const longestDoor = 60;
// C0, DEL, C1 and what turns text around.
const hidden = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

const checks: Record<VisitField, (value: unknown) => boolean> = {
  door: (value) =>
    typeof value === "string" && value.trim() !== "" && value.length <= longestDoor && !hidden.test(value),
  dueOn: isDay,
  visitedOn: isDay,
  met: isFlag,
  agreed: isFlag,
  dropped: isFlag,
  caseId: (value) => typeof value === "string" && /^[0-9a-f-]{36}$/u.test(value),
  ...(Object.fromEntries(visitNeeds.map((need) => [`need.${need}`, isFlag])) as Record<
    `need.${VisitNeed}`,
    (value: unknown) => boolean
  >),
};

/**
 * Whether fields may be set on a visit.
 * @param before the values that stand; undefined for a new visit, which has to name a door and a day
 * @returns the refusal, or nothing
 */
export function checkVisitEdit(
  before: VisitValues | undefined,
  fields: Readonly<Record<string, unknown>>,
): LingeError | undefined {
  for (const [name, value] of Object.entries(fields)) {
    const check = Object.hasOwn(checks, name) ? checks[name as VisitField] : undefined;
    if (!check) return refuse("invalidInput", { field: name, problem: "unknown" });
    if (!check(value)) return refuse("invalidInput", { field: name, problem: "format" });
  }
  const after = { ...before, ...fields } as VisitValues;
  if (!after.door) return refuse("invalidInput", { field: "door", problem: "missing" });
  if (!after.dueOn) return refuse("invalidInput", { field: "dueOn", problem: "missing" });
  if (needsOf(after).length > 0 && !after.agreed) return refuse("consentNeeded", {});
  return undefined;
}
