import { isConsistent, proveConsistency, type Checkpoint } from "@linge/tlog";
import type { RemoteLog } from "./remote.ts";

/** Whether the larger of two checkpoints continues the smaller one; the proof is made from the log's own tiles. */
export async function continues(log: RemoteLog | undefined, a: Checkpoint, b: Checkpoint): Promise<boolean> {
  const [older, newer] = a.size <= b.size ? [a, b] : [b, a];
  if (older.size === newer.size || older.size === 0)
    return isConsistent(older.size, newer.size, older.root, newer.root, []);
  const proof = await proveConsistency(log!.subtrees(newer.size), older.size, newer.size);
  return isConsistent(older.size, newer.size, older.root, newer.root, proof);
}
