import { retentionProblem, seedRetention, type RetentionTable } from "@linge/domain/privacy/retention.ts";
import { seedReadingRules, type ReadingRules } from "@linge/domain/privacy/unusual.ts";
import { requestPromise } from "@linge/domain/privacy/request.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";

/** What a city decides about personal data: how long, when reading is unusual, and how soon a request is answered. */
export type PrivacySettings = {
  retention: RetentionTable;
  reading: ReadingRules;
  requestWorkingDays: number;
  /** Whether what has had its time goes every night, once the table in force was carried out by a person. */
  nightly: boolean;
};

export const seedPrivacy: PrivacySettings = {
  retention: seedRetention,
  reading: seedReadingRules,
  requestWorkingDays: requestPromise.amount,
  nightly: true,
};

export type VersionedPrivacy = { version: number; document: PrivacySettings };
const kind = "privacy";

/** The newest version; version 0 is the table of the house, where a city has not saved its own. */
export async function privacySettings(house: House): Promise<VersionedPrivacy> {
  const row = await house.db
    .selectFrom("settings")
    .select(["version", "document"])
    .where("city_id", "=", house.cityId)
    .where("kind", "=", kind)
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!row) return { version: 0, document: seedPrivacy };
  const saved = row.document as PrivacySettings;
  // A kind of data that came with a later release has the house's own time until the city says otherwise.
  return { version: row.version, document: { ...saved, retention: { ...seedRetention, ...saved.retention } } };
}

/** Adds a version; earlier ones stay. @throws Refusal invalidInput, changedMeanwhile */
export async function savePrivacySettings(
  house: House,
  read: number,
  document: PrivacySettings,
  by: string,
): Promise<VersionedPrivacy> {
  const problem = retentionProblem(document.retention);
  if (problem) throw new Refusal(problem);
  const current = await privacySettings(house);
  const saved =
    current.version === read &&
    (await house.db
      .insertInto("settings")
      .values({ city_id: house.cityId, kind, version: read + 1, document: JSON.stringify(document), saved_by: by })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst());
  if (!saved || !saved.numInsertedOrUpdatedRows) throw new Refusal(refuse("changedMeanwhile", {}));
  return privacySettings(house);
}
