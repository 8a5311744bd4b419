import { hashToken, newToken } from "../../platform/auth/secrets.ts";
import type { House } from "../../platform/house.ts";

export type ChallengeKind = "identity" | "totp" | "passkey" | "passkeySignIn";
const minutes = 10;

/** Keeps what a step of signing in needs when its answer comes. @returns the token that takes it, once */
export async function issueChallenge(house: House, kind: ChallengeKind, data: object): Promise<string> {
  const { token, hash } = newToken();
  const now = house.clock();
  const [at, expires] = [new Date(now).toISOString(), new Date(now + minutes * 60_000).toISOString()];
  await house.db
    .deleteFrom("sign_in_challenges")
    .where("city_id", "=", house.cityId)
    .where("expires_at", "<", at)
    .execute();
  await house.db
    .insertInto("sign_in_challenges")
    .values({ city_id: house.cityId, token_hash: hash, kind, data: JSON.stringify(data), expires_at: expires })
    .execute();
  return token;
}

/** What was kept under the token; nothing when it is unknown, was taken before, or is too old. */
export async function takeChallenge<T>(house: House, kind: ChallengeKind, token: string): Promise<T | undefined> {
  const row = await house.db
    .deleteFrom("sign_in_challenges")
    .where("city_id", "=", house.cityId)
    .where("token_hash", "=", hashToken(token))
    .where("kind", "=", kind)
    .returning(["data", "expires_at"])
    .executeTakeFirst();
  return row && Date.parse(row.expires_at) >= house.clock() ? (row.data as T) : undefined;
}
