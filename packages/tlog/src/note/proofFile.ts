import { base64Of, fromBase64, wholeNumber, type Bytes } from "../bytes.ts";
import { TlogError } from "../error.ts";
import { isIncluded } from "../tree/inclusion.ts";
import type { Hash } from "../tree/hashes.ts";
import { openCheckpoint, type OpenedCheckpoint } from "./checkpoint.ts";
import type { NamedKey } from "./key.ts";

/** A proof that stands on its own (C2SP tlog-proof): leaf's place, way to the root, and the signed checkpoint. */
export type ProofFile = { extra?: Bytes; index: number; proof: Hash[]; checkpoint: string };

const header = "c2sp.org/tlog-proof@v1";
const mostHashes = 63;

export function formatProof({ extra, index, proof, checkpoint }: ProofFile): string {
  const lines = [header, ...(extra ? [`extra ${base64Of(extra)}`] : []), `index ${index}`, ...proof.map(base64Of)];
  return `${lines.join("\n")}\n\n${checkpoint}`;
}

/** Reads hashes written one a line. @throws TlogError malformed */
export function parseHashes(lines: readonly string[]): Hash[] {
  if (lines.length > mostHashes) throw new TlogError("malformed", "a proof has at most 63 hashes");
  const hashes = lines.map(fromBase64);
  if (hashes.some((hash) => hash.length !== 32)) throw new TlogError("malformed", "each line of a proof is 32 bytes");
  return hashes;
}

/** @throws TlogError malformed */
export function parseProof(text: string): ProofFile {
  const end = text.indexOf("\n\n");
  const lines = text.slice(0, end).split("\n");
  if (end < 0 || lines.shift() !== header) throw new TlogError("malformed", `a proof begins with ${header}`);
  const extra = lines[0]?.startsWith("extra ") ? fromBase64(lines.shift()!.slice(6)) : undefined;
  const index = lines.shift();
  if (!index?.startsWith("index ")) throw new TlogError("malformed", "the proof does not say which entry it is about");
  return {
    ...(extra && { extra }),
    index: wholeNumber(index.slice(6)),
    proof: parseHashes(lines),
    checkpoint: text.slice(end + 2),
  };
}

/**
 * Checks that a leaf is in the log, by the log's key and those of witnesses.
 * @throws TlogError malformed, wrongOrigin, unknownKey, badSignature, badProof
 */
export async function checkProof(
  file: ProofFile,
  leaf: Hash,
  log: NamedKey,
  witnesses: readonly NamedKey[] = [],
): Promise<OpenedCheckpoint> {
  const opened = await openCheckpoint(file.checkpoint, log, witnesses);
  const { size, root } = opened.checkpoint;
  if (!isIncluded(leaf, file.index, size, file.proof, root))
    throw new TlogError("badProof", `the log of ${size} entries does not have this as its entry ${file.index}`);
  return opened;
}
