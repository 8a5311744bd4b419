import type { Actor } from "@linge/domain/access/scope.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { issueChallenge, takeChallenge } from "./challenges.ts";
import { auditCredential } from "./person.ts";

export type PasskeyRow = { id: string; createdAt: string };
type Kept = { challenge: string; personId?: string };

/** Loaded when it is first needed: it takes longer to load than the rest of the server. */
const webauthn = () => import("@simplewebauthn/server");

/** Passkeys belong to one site: the host and origin at which the city is reached. */
function site(house: House): { rpID: string; origin: string } {
  const url = new URL(house.config.publicUrl);
  return { rpID: url.hostname, origin: url.origin };
}

export async function passkeysOf(house: House, personId: string): Promise<PasskeyRow[]> {
  const rows = await house.db
    .selectFrom("passkeys")
    .select(["id", "created_at"])
    .where("city_id", "=", house.cityId)
    .where("person_id", "=", personId)
    .orderBy("created_at")
    .execute();
  return rows.map((row) => ({ id: row.id, createdAt: row.created_at }));
}

export async function startPasskey(house: House, person: { id: string; login: string; name: string }) {
  const { rpID } = site(house);
  const options = await (
    await webauthn()
  ).generateRegistrationOptions({
    rpName: `邻格 ${house.config.city.zh}`,
    rpID,
    userID: new TextEncoder().encode(person.id),
    userName: person.login,
    userDisplayName: person.name,
    attestationType: "none",
    excludeCredentials: (await passkeysOf(house, person.id)).map(({ id }) => ({ id })),
    // It stands for both factors: something one has, opened by something one knows or is.
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  const kept: Kept = { challenge: options.challenge, personId: person.id };
  return { ticket: await issueChallenge(house, "passkey", kept), options };
}

/** Keeps a new passkey. @throws Refusal wrongCode when the browser's answer does not fit */
export async function addPasskey(
  house: House,
  by: Actor,
  ticket: string,
  response: RegistrationResponseJSON,
): Promise<PasskeyRow> {
  const kept = await takeChallenge<Kept>(house, "passkey", ticket);
  const { rpID, origin } = site(house);
  const verified =
    kept?.personId === by.id &&
    (await (
      await webauthn()
    )
      .verifyRegistrationResponse({
        response,
        expectedChallenge: kept.challenge,
        expectedOrigin: origin,
        expectedRPID: rpID,
        requireUserVerification: true,
      })
      .catch(() => false as const));
  if (!verified || !verified.verified) throw new Refusal(refuse("wrongCode", {}));
  const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential;
  const row = { city_id: house.cityId, id, person_id: by.id, public_key: Buffer.from(publicKey), counter, transports };
  return house.db.transaction().execute(async (tx) => {
    const added = await tx
      .insertInto("passkeys")
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .returning(["id", "created_at"])
      .executeTakeFirst();
    if (!added) throw new Refusal(refuse("wrongCode", {}));
    await auditCredential(tx, house.cityId, by, "addPasskey", by.id);
    return { id: added.id, createdAt: added.created_at };
  });
}

export async function removePasskey(house: House, by: Actor, id: string): Promise<void> {
  await house.db.transaction().execute(async (tx) => {
    const removed = await tx
      .deleteFrom("passkeys")
      .where("city_id", "=", house.cityId)
      .where("person_id", "=", by.id)
      .where("id", "=", id)
      .executeTakeFirst();
    if (!removed.numDeletedRows) throw new Refusal(refuse("notFound", { what: "passkey" }));
    await auditCredential(tx, house.cityId, by, "removePasskey", by.id);
  });
}

/** Asks a browser for any passkey it has for this site; nobody is named, so nobody learns who has one. */
export async function startPasskeySignIn(house: House) {
  const options = await (
    await webauthn()
  ).generateAuthenticationOptions({ rpID: site(house).rpID, userVerification: "required" });
  const kept: Kept = { challenge: options.challenge };
  return { ticket: await issueChallenge(house, "passkeySignIn", kept), options };
}

/** Who signs in with a passkey. @throws Refusal wrongSignIn, the same for everything that does not fit */
export async function signInWithPasskey(
  house: House,
  ticket: string,
  response: AuthenticationResponseJSON,
): Promise<{ personId: string }> {
  const kept = await takeChallenge<Kept>(house, "passkeySignIn", ticket);
  const passkey = await house.db
    .selectFrom("passkeys as k")
    .innerJoin("people as p", (join) => join.onRef("p.city_id", "=", "k.city_id").onRef("p.id", "=", "k.person_id"))
    .select(["k.id", "k.person_id", "k.public_key", "k.counter"])
    .where("k.city_id", "=", house.cityId)
    .where("k.id", "=", response.id)
    .where("p.left_at", "is", null)
    .executeTakeFirst();
  const { rpID, origin } = site(house);
  const verified =
    kept &&
    passkey &&
    (await (
      await webauthn()
    )
      .verifyAuthenticationResponse({
        response,
        expectedChallenge: kept.challenge,
        expectedOrigin: origin,
        expectedRPID: rpID,
        requireUserVerification: true,
        credential: { id: passkey.id, publicKey: new Uint8Array(passkey.public_key), counter: passkey.counter },
      })
      .catch(() => undefined));
  if (!verified || !verified.verified) throw new Refusal(refuse("wrongSignIn", {}));
  await house.db
    .updateTable("passkeys")
    .set({ counter: verified.authenticationInfo.newCounter })
    .where("city_id", "=", house.cityId)
    .where("id", "=", passkey!.id)
    .execute();
  return { personId: passkey!.person_id };
}
