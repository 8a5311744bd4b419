import {
  checkReceipt,
  openCheckpoint,
  parseReceipt,
  readVerifierKey,
  type NamedKey,
  type ReceiptFault,
} from "@linge/tlog";
import { continues } from "./consistency.ts";
import { readText } from "./input.ts";
import type { RemoteLog } from "./remote.ts";

export type ReceiptVerdict = {
  ok: boolean;
  number: string;
  facts: { kind: string; at: string; index: number }[];
  faults: (ReceiptFault | { code: "rewritten"; why: string })[];
  log: { origin: string; size: number; keyFrom: "given" | "receipt" };
  witnesses: { name: string; at?: string }[];
  /** Size of the log today, when it was asked. */
  today?: number;
};

/** Checks a receipt by itself and, when the log is named, that the log of today still continues from it. */
export async function verifyReceipt(
  path: string,
  given: { key?: NamedKey; witnesses: NamedKey[]; log?: RemoteLog },
): Promise<ReceiptVerdict> {
  const receipt = parseReceipt(readText(path));
  const key = given.key ?? readVerifierKey(receipt.key);
  const { opened, faults } = await checkReceipt(receipt, key, given.witnesses);
  const verdict: ReceiptVerdict = {
    ok: true,
    number: receipt.number,
    facts: receipt.facts.map(({ fact, index }) => ({ kind: fact.kind, at: fact.at, index })),
    faults,
    log: { origin: opened.checkpoint.origin, size: opened.checkpoint.size, keyFrom: given.key ? "given" : "receipt" },
    witnesses: opened.witnesses.map(({ key: witness, at }) => ({
      name: witness.name,
      at: at === undefined ? undefined : new Date(at * 1000).toISOString(),
    })),
  };
  if (given.log) {
    const { checkpoint } = await openCheckpoint(await given.log.checkpoint(), key);
    verdict.today = checkpoint.size;
    if (checkpoint.size < opened.checkpoint.size || !(await continues(given.log, opened.checkpoint, checkpoint)))
      verdict.faults.push({
        code: "rewritten",
        why: `the log of today (${checkpoint.size} entries) does not continue the one that the receipt is from (${opened.checkpoint.size})`,
      });
  }
  return { ...verdict, ok: verdict.faults.length === 0 };
}

export function sayReceipt({ ok, number, facts, faults, log, witnesses, today }: ReceiptVerdict): string[] {
  return [
    `Receipt of case ${number}: ${facts.length} facts, log ${log.origin} with ${log.size} entries`,
    ...facts.map(({ kind, at, index }) => `  ${at}  ${kind}  (entry ${index})`),
    ...witnesses.map(({ name, at }) => `  seen by ${name} at ${at}`),
    ...(log.keyFrom === "receipt" ? ["  The log's key is the receipt's own; give --key with the one you know."] : []),
    ...faults.map((fault) =>
      "why" in fault
        ? `WRONG: ${fault.why}`
        : fault.code === "notInLog"
          ? `WRONG: "${fault.kind}" (entry ${fault.index}) is not what the log has`
          : `WRONG: the words in "${fault.kind}" (${fault.field}) are not those that were logged`,
    ),
    ok
      ? `Right: every fact is in the log${today === undefined ? "" : `, and the log of today (${today} entries) continues it`}.`
      : "The receipt does not hold.",
  ];
}
