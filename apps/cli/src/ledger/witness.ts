import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import {
  cosign,
  cosignatureType,
  formatAddCheckpoint,
  formatNote,
  fromHex,
  hexOf,
  judge,
  namedKey,
  newSeed,
  parseAddCheckpoint,
  parseCheckpoint,
  parseNote,
  privateKey,
  proveConsistency,
  sameBytes,
  sha256,
  signatureLine,
  utf8,
  type NamedKey,
  type Seen,
} from "@linge/tlog";
import type { RemoteLog } from "./remote.ts";

/** Status, body and type of an answer of C2SP tlog-witness. */
export type WitnessAnswer = { status: number; body: string; type: string };

/** A witness: it remembers the largest tree it cosigned of each log, and cosigns only what continues it. */
export type Witness = {
  key: NamedKey;
  add(body: string): Promise<WitnessAnswer>;
  /** The last cosigned checkpoint, by the SHA-256 of the log's origin in hex. */
  kept(originHash: string): string | undefined;
  /** Fetches a log's newest checkpoint, proves from its tiles that it continues what was seen, and cosigns it. */
  follow(log: RemoteLog): Promise<WitnessAnswer>;
};

const plain = "text/plain; charset=utf-8";

/** Writes a file whole or not at all, also through a power cut. */
function keepFile(path: string, text: string, mode = 0o644): void {
  const file = openSync(`${path}.part`, "w", mode);
  writeSync(file, text);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.part`, path);
}

function seedIn(folder: string): Uint8Array<ArrayBuffer> {
  const path = join(folder, "witness.key");
  if (!existsSync(path)) keepFile(path, `${hexOf(newSeed())}\n`, 0o600);
  return fromHex(readFileSync(path, "utf8").trim());
}

/** Opens a witness whose key and memory are in `folder`; both are made on first use. `now` in ms since 1970. */
export async function openWitness(
  folder: string,
  name: string,
  logs: readonly NamedKey[],
  now: () => number = Date.now,
): Promise<Witness> {
  mkdirSync(folder, { recursive: true });
  const secret = await privateKey(seedIn(folder));
  const key = namedKey(name, cosignatureType, secret.publicKey);
  const pathOf = (originHash: string): string => join(folder, `${originHash}.checkpoint`);
  const hashOf = (origin: string): string => hexOf(sha256(utf8(origin)));
  const kept = (originHash: string): string | undefined =>
    /^[0-9a-f]{64}$/.test(originHash) && existsSync(pathOf(originHash))
      ? readFileSync(pathOf(originHash), "utf8")
      : undefined;
  const seenOf = (origin: string): Seen | undefined => {
    const note = kept(hashOf(origin));
    return note === undefined ? undefined : parseCheckpoint(parseNote(note).text);
  };

  const decide = async (body: string): Promise<WitnessAnswer> => {
    const verdict = await judge(body, logs, seenOf);
    if (verdict.status === 409) return { status: 409, body: `${verdict.size}\n`, type: "text/x.tlog.size" };
    if (verdict.status !== 200) return { status: verdict.status, body: `${verdict.why}\n`, type: plain };
    const signature = await cosign(verdict.text, key, secret, Math.floor(now() / 1000));
    const { signatures } = parseNote(parseAddCheckpoint(body).checkpoint);
    const log = logs.find((each) => each.name === verdict.checkpoint.origin)!;
    const byLog = signatures.filter(({ name: by, id }) => by === log.name && sameBytes(id, log.id));
    keepFile(pathOf(hashOf(log.name)), formatNote({ text: verdict.text, signatures: [...byLog, signature] }));
    return { status: 200, body: signatureLine(signature), type: plain };
  };

  // One request after the other: between reading what was seen and writing what is seen now, nothing may come in.
  let turn: Promise<unknown> = Promise.resolve();
  const add = (body: string): Promise<WitnessAnswer> => {
    const answer = turn.then(() => decide(body));
    turn = answer.catch(() => {});
    return answer;
  };

  const follow = async (log: RemoteLog): Promise<WitnessAnswer> => {
    const checkpoint = await log.checkpoint();
    const { origin, size } = parseCheckpoint(parseNote(checkpoint).text);
    const old = seenOf(origin)?.size ?? 0;
    const proof = old <= size ? await proveConsistency(log.subtrees(size), old, size) : [];
    return add(formatAddCheckpoint({ old, proof, checkpoint }));
  };

  return { key, add, kept, follow };
}
