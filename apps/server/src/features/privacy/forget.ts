import { refuse } from "@linge/domain/error/catalogue.ts";
import { sql, type RawBuilder } from "kysely";
import type { Tx } from "../../platform/db/database.ts";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";

/** @throws Refusal onHold while a recorded exception keeps what belongs to the subject */
export async function refuseIfHeld(tx: Tx, cityId: string, subject: string, now: number): Promise<void> {
  const hold = await tx
    .selectFrom("legal_holds")
    .select(["until", "basis"])
    .where("city_id", "=", cityId)
    .where("subject", "=", subject)
    .where("ended_at", "is", null)
    .where("until", ">", new Date(now).toISOString())
    .orderBy("until", "desc")
    .executeTakeFirst();
  if (hold) throw new Refusal(refuse("onHold", { until: hold.until.slice(0, 10), basis: hold.basis }));
}

/**
 * After a case lost its identity: who reported it, the words in its steps and in what opens its lines of the log, and its
 * files. In the transaction of the command, so that nothing is left behind.
 */
export async function forgetIdentity(tx: Tx, cityId: string, caseId: string): Promise<void> {
  await removeReporter(tx, cityId, caseId);
  await sql`update ledger_leaves set words = null where city_id = ${cityId} and subject = ${caseId} and words is not null`.execute(
    tx,
  );
  await sql`select forget_case_words(${cityId}, ${caseId}::uuid)`.execute(tx);
  await sql`update data_requests set text = '', answer = null, resident_id = null
    where city_id = ${cityId} and case_id = ${caseId} and decided_at is not null`.execute(tx);
  const photos = await tx
    .selectFrom("photos")
    .select("id")
    .where("city_id", "=", cityId)
    .where("case_id", "=", caseId)
    .execute();
  await dropPhotos(
    tx,
    cityId,
    photos.map(({ id }) => id),
  );
  await dropRecordings(tx, cityId, sql<boolean>`case_id = ${caseId}`);
}

/** After a rating was cut from its person: the reporter, and the words of the rating. */
export async function forgetRater(tx: Tx, cityId: string, caseId: string): Promise<void> {
  await removeReporter(tx, cityId, caseId);
  await sql`update ledger_leaves set words = null
    where city_id = ${cityId} and subject = ${caseId} and kind = 'rated' and words is not null`.execute(tx);
  await sql`select forget_rater(${cityId}, ${caseId}::uuid)`.execute(tx);
}

async function removeReporter(tx: Tx, cityId: string, caseId: string): Promise<void> {
  await tx.deleteFrom("case_reporters").where("city_id", "=", cityId).where("case_id", "=", caseId).execute();
}

/** Forgets photos; their files go after the transaction, and are asked for again until they are gone. */
export async function dropPhotos(tx: Tx, cityId: string, ids: readonly string[]): Promise<void> {
  if (!ids.length) return;
  const names = ids.flatMap((id) => [`${id}-large.jpg`, `${id}-small.jpg`]);
  await sql`insert into file_removals (city_id, name) select ${cityId}, unnest(${names}::text[]) on conflict do nothing`.execute(
    tx,
  );
  await tx
    .deleteFrom("photos")
    .where("city_id", "=", cityId)
    .where("id", "in", [...ids])
    .execute();
}

/** Forgets voice notes, and their files as those of photos. */
export async function dropRecordings(tx: Tx, cityId: string, which: RawBuilder<boolean>): Promise<void> {
  await sql`with gone as (delete from recordings where city_id = ${cityId} and ${which} returning id)
    insert into file_removals (city_id, name) select ${cityId}, id || '.recording' from gone on conflict do nothing`.execute(
    tx,
  );
}

const batch = 200;

/** Removes files that were asked to go. A file that is gone already is no error. @returns how many were removed */
export async function removeFiles(house: House): Promise<number> {
  let removed = 0;
  for (;;) {
    const waiting = await house.db
      .selectFrom("file_removals")
      .select("name")
      .where("city_id", "=", house.cityId)
      .orderBy("name")
      .limit(batch)
      .execute();
    if (!waiting.length) return removed;
    for (const { name } of waiting) await house.storage.remove(name);
    const names = waiting.map(({ name }) => name);
    await house.db.deleteFrom("file_removals").where("city_id", "=", house.cityId).where("name", "in", names).execute();
    removed += waiting.length;
  }
}
