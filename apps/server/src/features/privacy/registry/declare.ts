import type { KeptFor, LawfulBasis, PersonalColumn, ProcessingPurpose } from "@linge/domain/privacy/processing.ts";

/**
 * What a table holds: `plain` are columns with nothing personal in them, `personal` those with, each with whose it is, why,
 * on which basis and how long. Every column of the database stands in exactly one of the two.
 */
export type DeclaredTable = {
  plain: readonly string[];
  /** Several, where a column holds data for several purposes. */
  personal: Record<string, PersonalColumn | readonly PersonalColumn[]>;
};
export type DeclaredTables = Record<string, DeclaredTable>;

/** Splits a list of column names. */
export const columns = (names: string): string[] => names.split(/\s+/).filter(Boolean);

type Words = readonly [zh: string, en: string];
const column =
  (of: PersonalColumn["of"]) =>
  ([zh, en]: Words, purpose: ProcessingPurpose, basis: LawfulBasis, kept: KeptFor): PersonalColumn => ({
    of,
    zh,
    en,
    purpose,
    basis,
    kept,
  });

/** A column about residents. */
export const resident = column("resident");
/** A column about people of the staff. */
export const staff = column("staff");

/** Who of the staff did a thing: kept as long as the thing. */
export const doer = (kept: KeptFor = "withRecord"): PersonalColumn =>
  staff(["经手的工作人员", "the member of staff who did it"], "accountability", "statutoryDuty", kept);
