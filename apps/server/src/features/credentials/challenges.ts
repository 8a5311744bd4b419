import { sql } from "kysely";
import { hashToken, newToken } from "../../platform/auth/secrets.ts";
import type { House } from "../../platform/house.ts";

export type ChallengeKind = "identity" | "totp" | "passkey" | "passkeySignIn";
const minutes = 10;

/** Keeps what a step of signing in needs when its answer comes. @returns the token that takes it, once */
export async function issueChallenge(house: House, kind: ChallengeKind, data: object): Promise<string> {
  const { token, hash } = newToken();
  const now = house.clock();
  const [at, expires] = [new Date(now).toISOString(), new Date(now + minutes * 60_000).toISOString()];
  await sql`delete from sign_in_challenges where city_id = ${house.cityId} and expires_at < ${at}`.execute(house.db);
  await sql`insert into sign_in_challenges (city_id, token_hash, kind, data, expires_at)
    values (${house.cityId}, ${hash}, ${kind}, ${JSON.stringify(data)}::jsonb, ${expires})`.execute(house.db);
  return token;
}

/** What was kept under the token; nothing when it is unknown, was taken before, or is too old. */
export async function takeChallenge<T>(house: House, kind: ChallengeKind, token: string): Promise<T | undefined> {
  const found = await sql<{ data: T; current: boolean }>`
    delete from sign_in_challenges where city_id = ${house.cityId} and token_hash = ${hashToken(token)} and kind = ${kind}
    returning data, expires_at >= ${new Date(house.clock()).toISOString()} as current`.execute(house.db);
  return found.rows.find((row) => row.current)?.data;
}
