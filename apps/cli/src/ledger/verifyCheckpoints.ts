import { openCheckpoint, readVerifierKey, type NamedKey } from "@linge/tlog";
import { continues } from "./consistency.ts";
import { LedgerInputError, readText } from "./input.ts";
import { remoteLog, type RemoteLog } from "./remote.ts";

export type CheckpointsVerdict = { ok: boolean; older: number; newer: number; origin: string };

const isAddress = (text: string): boolean => /^https?:\/\//.test(text);

/** Whether one of two checkpoints continues the other. Each is a file, or the address of a log, whose newest is meant. */
export async function verifyCheckpoints(
  one: string,
  other: string,
  given: { key?: NamedKey; log?: RemoteLog },
): Promise<CheckpointsVerdict> {
  const address = [one, other].find(isAddress);
  const log = given.log ?? (address ? remoteLog(address) : undefined);
  const key = given.key ?? (log ? readVerifierKey(await log.key()) : undefined);
  if (!key) throw new LedgerInputError("give --key with the log's key, or --log with its address");
  const read = async (text: string): Promise<string> =>
    isAddress(text) ? remoteLog(text).checkpoint() : readText(text);
  const [a, b] = [
    (await openCheckpoint(await read(one), key)).checkpoint,
    (await openCheckpoint(await read(other), key)).checkpoint,
  ];
  const needsTiles = a.size !== b.size && a.size > 0 && b.size > 0;
  if (needsTiles && !log)
    throw new LedgerInputError("give --log with the log's address: the proof is made from its tiles");
  return {
    ok: await continues(log, a, b),
    older: Math.min(a.size, b.size),
    newer: Math.max(a.size, b.size),
    origin: key.name,
  };
}

export function sayCheckpoints({ ok, older, newer, origin }: CheckpointsVerdict): string[] {
  const what = `${origin}: the log of ${newer} entries`;
  return [
    ok
      ? `${what} continues the log of ${older}.`
      : `${what} does NOT continue the log of ${older}: history was changed.`,
  ];
}
