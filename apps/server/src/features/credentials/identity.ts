import type { Actor } from "@linge/domain/access/scope.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import * as oidc from "openid-client";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { issueChallenge, takeChallenge } from "./challenges.ts";
import { auditCredential } from "./person.ts";

type Kept = { verifier: string; nonce: string; personId?: string };
/** What became of a visit to the identity provider. */
export type Returned = { kind: "signedIn" | "linked"; personId: string } | { kind: "unknown" | "failed" };

const onThisMachine = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** The city's identity provider. @throws Refusal notFound when the city has none */
function configured(house: House) {
  if (!house.config.oidc) throw new Refusal(refuse("notFound", { what: "oidc" }));
  return house.config.oidc;
}

/** Sends the client's secret as the provider takes it: in the header, unless it says that it only reads forms. */
function secretOf(secret: string): oidc.ClientAuth {
  const [header, form] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)];
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    (methods.includes("client_secret_basic") ? header : form)(server, client, body, headers);
  };
}

async function discover(house: House): Promise<oidc.Configuration> {
  const { issuer, clientId, clientSecret } = configured(house);
  const server = new URL(issuer);
  // Without TLS only on this machine: for trying out and for tests.
  const execute = onThisMachine.has(server.hostname) ? [oidc.allowInsecureRequests] : [];
  return oidc.discovery(server, clientId, undefined, secretOf(clientSecret), { execute, timeout: 10 });
}

/** Looks the provider up when it is first needed, and again after it could not be reached. */
export function identityProvider(house: House): () => Promise<oidc.Configuration> {
  let known: { issuer: string; found: Promise<oidc.Configuration> } | undefined;
  return () => {
    const { issuer } = configured(house);
    if (known?.issuer !== issuer) {
      const found = discover(house);
      const mine = { issuer, found };
      known = mine;
      found.catch(() => {
        if (known === mine) known = undefined;
      });
    }
    return known.found;
  };
}

export type Provider = ReturnType<typeof identityProvider>;
const returnPath = "/auth/oidc/back";

/** Where to send the browser, and the state it has to bring back. With a person, the visit links instead of signing in. */
export async function beginVisit(
  house: House,
  provider: Provider,
  personId?: string,
): Promise<{ url: string; state: string }> {
  const configuration = await provider();
  const [verifier, nonce] = [oidc.randomPKCECodeVerifier(), oidc.randomNonce()];
  const state = await issueChallenge(house, "identity", { verifier, nonce, personId } satisfies Kept);
  const url = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: `${house.config.publicUrl}${returnPath}`,
    scope: "openid",
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
  });
  return { url: url.href, state };
}

/** Who came back. The state has to be the one that this browser was given, and is good for one return. */
export async function endVisit(
  house: House,
  provider: Provider,
  path: string,
  state: string | undefined,
  actor: Actor,
): Promise<Returned> {
  const url = new URL(path, house.config.publicUrl);
  const kept =
    state && url.searchParams.get("state") === state ? await takeChallenge<Kept>(house, "identity", state) : undefined;
  if (!kept || !state) return { kind: "failed" };
  let claims: oidc.IDToken | undefined;
  try {
    const tokens = await oidc.authorizationCodeGrant(await provider(), url, {
      pkceCodeVerifier: kept.verifier,
      expectedNonce: kept.nonce,
      expectedState: state,
      idTokenExpected: true,
    });
    claims = tokens.claims();
  } catch (error) {
    house.log.warn({ err: error }, "identity provider");
  }
  if (!claims) return { kind: "failed" };
  return kept.personId ? link(house, actor, kept.personId, claims) : recognise(house, claims);
}

async function recognise(house: House, { iss, sub }: oidc.IDToken): Promise<Returned> {
  const found = await house.db
    .selectFrom("identities as i")
    .innerJoin("people as p", (join) => join.onRef("p.city_id", "=", "i.city_id").onRef("p.id", "=", "i.person_id"))
    .select("i.person_id")
    .where("i.city_id", "=", house.cityId)
    .where("i.issuer", "=", iss)
    .where("i.subject", "=", sub)
    .where("p.left_at", "is", null)
    .executeTakeFirst();
  return found ? { kind: "signedIn", personId: found.person_id } : { kind: "unknown" };
}

/** An identity belongs to one person; who began the visit has to be the one who ends it. */
async function link(house: House, actor: Actor, personId: string, { iss, sub }: oidc.IDToken): Promise<Returned> {
  if (actor.kind !== "staff" || actor.id !== personId) return { kind: "failed" };
  const linked = await house.db.transaction().execute(async (tx) => {
    const row = await tx
      .insertInto("identities")
      .values({ city_id: house.cityId, issuer: iss, subject: sub, person_id: personId })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (!row.numInsertedOrUpdatedRows) return false;
    await auditCredential(tx, house.cityId, actor, "linkIdentity", personId);
    return true;
  });
  if (linked) return { kind: "linked", personId };
  const owner = await recognise(house, { iss, sub } as oidc.IDToken);
  return owner.kind === "signedIn" && owner.personId === personId ? { kind: "linked", personId } : { kind: "failed" };
}

export async function isLinked(house: House, personId: string): Promise<boolean> {
  const found = await house.db
    .selectFrom("identities")
    .select("subject")
    .where("city_id", "=", house.cityId)
    .where("person_id", "=", personId)
    .executeTakeFirst();
  return found !== undefined;
}

export async function unlinkIdentity(house: House, by: Actor): Promise<void> {
  await house.db.transaction().execute(async (tx) => {
    const ended = await tx
      .deleteFrom("identities")
      .where("city_id", "=", house.cityId)
      .where("person_id", "=", by.id)
      .executeTakeFirst();
    if (!ended.numDeletedRows) throw new Refusal(refuse("notFound", { what: "identity" }));
    await auditCredential(tx, house.cityId, by, "unlinkIdentity", by.id);
  });
}
