import { base64Of, sameBytes, wholeNumber } from "../bytes.ts";
import { TlogError } from "../error.ts";
import { isConsistent } from "../tree/consistency.ts";
import { emptyRoot, type Hash } from "../tree/hashes.ts";
import { openCheckpoint, parseCheckpoint, type Checkpoint } from "./checkpoint.ts";
import type { NamedKey } from "./key.ts";
import { parseNote } from "./note.ts";
import { parseHashes } from "./proofFile.ts";

/** What a log asks a witness to cosign: `add-checkpoint` of C2SP tlog-witness. */
export type AddCheckpoint = { old: number; proof: Hash[]; checkpoint: string };

export function formatAddCheckpoint({ old, proof, checkpoint }: AddCheckpoint): string {
  return `${[`old ${old}`, ...proof.map(base64Of)].join("\n")}\n\n${checkpoint}`;
}

/** @throws TlogError malformed */
export function parseAddCheckpoint(body: string): AddCheckpoint {
  const end = body.indexOf("\n\n");
  const [old, ...hashes] = body.slice(0, end).split("\n");
  if (end < 0 || !old?.startsWith("old ")) throw new TlogError("malformed", "the first line is `old` and a tree size");
  return { old: wholeNumber(old.slice(4)), proof: parseHashes(hashes), checkpoint: body.slice(end + 2) };
}

/** The largest tree a witness has cosigned for a log. */
export type Seen = { size: number; root: Hash };

/** Cosign and remember, or the status to answer with and why. 409 comes with the size the witness knows. */
export type Verdict =
  | { status: 200; text: string; checkpoint: Checkpoint }
  | { status: 400 | 403 | 404 | 422; why: string }
  | { status: 409; why: string; size: number };

const refused = (status: 400 | 403 | 404 | 422, why: string): Verdict => ({ status, why });

/**
 * Judges a request as a witness must. What is seen and what is then remembered have to be one step for the caller: two
 * requests judged against the same `seen` could otherwise roll the log back.
 */
export async function judge(
  body: string,
  logs: readonly NamedKey[],
  seenOf: (origin: string) => Seen | undefined,
): Promise<Verdict> {
  let request: AddCheckpoint;
  let origin: string;
  try {
    request = parseAddCheckpoint(body);
    origin = parseCheckpoint(parseNote(request.checkpoint).text).origin;
  } catch (error) {
    return refused(400, (error as Error).message);
  }
  const log = logs.find((each) => each.name === origin);
  if (!log) return refused(404, `the log ${origin} is not one that this witness follows`);
  const opened = await openCheckpoint(request.checkpoint, log).catch((error: Error) => error);
  if (opened instanceof Error) return refused(403, opened.message);
  return judgeTree(request, opened.checkpoint, opened.note.text, seenOf(origin) ?? { size: 0, root: emptyRoot() });
}

function judgeTree({ old, proof }: AddCheckpoint, checkpoint: Checkpoint, text: string, seen: Seen): Verdict {
  const { size, root } = checkpoint;
  if (old > size) return refused(400, `old size ${old} is larger than the checkpoint's ${size}`);
  if (old !== seen.size) return { status: 409, why: `the last size cosigned is ${seen.size}`, size: seen.size };
  if (size === 0 && !sameBytes(root, emptyRoot())) return refused(422, "the root of an empty tree is not this");
  if (!isConsistent(old, size, seen.root, root, proof))
    return refused(422, `the tree of ${size} does not continue the tree of ${old} that was cosigned`);
  return { status: 200, text, checkpoint };
}
