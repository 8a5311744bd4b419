import type { Actor } from "@linge/domain/access/scope.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { sql } from "kysely";
import { Secret, TOTP } from "otpauth";
import QRCode from "qrcode";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { issueChallenge, takeChallenge } from "./challenges.ts";
import { auditCredential, endOtherSessions } from "./person.ts";

const mostFailures = 5;
const waitMs = 10 * 60_000;
const periodMs = 30_000;

/** The step (RFC 6238) whose code this is, now or one step off; nothing when it is none. */
function stepOf(secret: string, code: string, now: number): number | undefined {
  const delta = new TOTP({ secret }).validate({ token: code, timestamp: now, window: 1 });
  return delta === null ? undefined : Math.floor(now / periodMs) + delta;
}

/** Starts enrolment: a secret to scan or type, which counts only once a code of it was given. */
export async function startTotp(
  house: House,
  personId: string,
  login: string,
): Promise<{ ticket: string; secret: string; uri: string; qr: string }> {
  const secret = new Secret({ size: 20 }).base32;
  const issuer = `Linge ${house.config.city.en}`;
  const uri = new TOTP({ issuer, label: login, secret }).toString();
  const ticket = await issueChallenge(house, "totp", { personId, secret });
  return { ticket, secret, uri, qr: await QRCode.toDataURL(uri, { margin: 1, width: 240 }) };
}

/**
 * Ends enrolment with a code of the new secret. After a slip of the finger nobody has to scan again: the secret waits
 * under a new ticket.
 * @throws Refusal wrongCode when the ticket is not the person's, or too old
 */
export async function finishTotp(
  house: House,
  by: Actor,
  session: string,
  ticket: string,
  code: string,
): Promise<{ enrolled: boolean; ticket?: string }> {
  const kept = await takeChallenge<{ personId: string; secret: string }>(house, "totp", ticket);
  if (!kept || kept.personId !== by.id) throw new Refusal(refuse("wrongCode", {}));
  const step = stepOf(kept.secret, code, house.clock());
  if (step === undefined) return { enrolled: false, ticket: await issueChallenge(house, "totp", kept) };
  await house.db.transaction().execute(async (tx) => {
    await sql`update people set totp_secret = ${kept.secret}, totp_step = ${step}, totp_failures = 0
      where city_id = ${house.cityId} and id = ${by.id}`.execute(tx);
    await endOtherSessions(tx, house.cityId, by.id, session);
    await auditCredential(tx, house.cityId, by, "enrolTotp", by.id);
  });
  return { enrolled: true };
}

/**
 * Uses up a code: each works once, and five wrong ones in a row close the door for ten minutes, whoever knocks.
 * @throws Refusal secondFactorNeeded, tooManyRequests
 */
export async function useTotp(house: House, personId: string, secret: string, code: string | undefined): Promise<void> {
  if (code === undefined) throw new Refusal(refuse("secondFactorNeeded", {}));
  const now = house.clock();
  const [at, since] = [new Date(now).toISOString(), new Date(now - waitMs).toISOString()];
  const step = stepOf(secret, code, now);
  const whose = sql`city_id = ${house.cityId} and id = ${personId}`;
  const open = sql`(totp_failures < ${mostFailures} or totp_failed_at is null or totp_failed_at < ${since})`;
  if (step !== undefined) {
    const used = await sql`update people set totp_step = ${step}, totp_failures = 0
      where ${whose} and ${open} and (totp_step is null or totp_step < ${step})`.execute(house.db);
    if (used.numAffectedRows) return;
  }
  const failed = await sql`update people set totp_failed_at = ${at},
      totp_failures = case when totp_failed_at >= ${since} then totp_failures + 1 else 1 end
    where ${whose} and ${open}`.execute(house.db);
  throw new Refusal(failed.numAffectedRows ? refuse("secondFactorNeeded", {}) : refuse("tooManyRequests", {}));
}

/** Takes the second factor away from oneself, with a last code. @throws Refusal wrongCode */
export async function endTotp(house: House, by: Actor, code: string): Promise<void> {
  const person = await house.db
    .selectFrom("people")
    .select("totp_secret")
    .where("city_id", "=", house.cityId)
    .where("id", "=", by.id)
    .executeTakeFirst();
  if (!person?.totp_secret) throw new Refusal(refuse("notFound", { what: "totp" }));
  await useTotp(house, by.id, person.totp_secret, code);
  await house.db.transaction().execute(async (tx) => {
    await sql`update people set totp_secret = null, totp_step = null where city_id = ${house.cityId} and id = ${by.id}`.execute(
      tx,
    );
    await auditCredential(tx, house.cityId, by, "endTotp", by.id);
  });
}
