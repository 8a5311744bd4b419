import {
  checkNote,
  formatAddCheckpoint,
  parseNote,
  parseSignature,
  proveConsistency,
  readVerifierKey,
  signatureLine,
  subtreesInTiles,
  type NamedKey,
} from "@linge/tlog";
import type { House } from "../../platform/house.ts";
import { givenCheckpoint, type Given } from "./checkpoints.ts";
import { tileReader } from "./tiles.ts";

type Asked = { key: NamedKey; url: string };

/** Witnesses of the configuration. @throws TlogError malformed, when a key is not one */
export function witnessesOf(house: Pick<House, "config">): Asked[] {
  return (house.config.witnesses ?? []).map(({ key, url }) => ({
    key: readVerifierKey(key),
    url: url.replace(/\/+$/, ""),
  }));
}

/**
 * Shows the newest checkpoint to each witness that has not cosigned it, and keeps what it signs. A witness that does not
 * answer is asked again next time. @returns how many cosigned
 */
export async function askWitnesses(house: House): Promise<number> {
  const witnesses = witnessesOf(house);
  const given = witnesses.length ? await givenCheckpoint(house.db, house.cityId) : undefined;
  if (!given) return 0;
  const answers = await Promise.allSettled(witnesses.map((witness) => askWitness(house, witness, given)));
  answers.forEach((answer, i) => {
    if (answer.status === "rejected")
      house.log.warn({ err: answer.reason, witness: witnesses[i]!.key.name }, "not cosigned");
  });
  return answers.filter((answer) => answer.status === "fulfilled" && answer.value).length;
}

async function askWitness(house: House, { key, url }: Asked, given: Given): Promise<boolean> {
  const last = await lastCosigned(house, key.name);
  if (last === given.size) return false;
  let answer = await submit(house, url, last, given);
  // A witness that was asked by somebody else, or by this log before a restore, says what it knows.
  if (answer.status === 409) answer = await submit(house, url, Number((await answer.text()).trim()), given);
  const said = await answer.text();
  if (answer.status !== 200) throw new Error(`${url} answers ${answer.status}: ${said.trim().slice(0, 200)}`);
  const { text } = parseNote(given.note);
  const signatures = said.trimEnd().split("\n").map(parseSignature);
  await checkNote({ text, signatures }, [key]);
  const line = signatureLine(signatures.find(({ name }) => name === key.name)!);
  await house.db
    .insertInto("ledger_cosignatures")
    .values({ city_id: house.cityId, size: given.size, witness: key.name, line: line.trimEnd() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return true;
}

async function submit(house: House, url: string, old: number, { size, note }: Given): Promise<Response> {
  const proof = await proveConsistency(subtreesInTiles(size, tileReader(house.db, house.cityId)), old, size);
  const body = formatAddCheckpoint({ old, proof, checkpoint: note });
  return fetch(`${url}/add-checkpoint`, { method: "POST", body, signal: AbortSignal.timeout(10_000) });
}

async function lastCosigned(house: House, witness: string): Promise<number> {
  const row = await house.db
    .selectFrom("ledger_cosignatures")
    .select(({ fn }) => fn.max("size").as("size"))
    .where("city_id", "=", house.cityId)
    .where("witness", "=", witness)
    .executeTakeFirst();
  return row?.size ?? 0;
}
