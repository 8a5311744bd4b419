import { base64Of, sameBytes } from "@linge/tlog/bytes.ts";
import { commitmentTo } from "@linge/tlog/ledger/commitment.ts";
import { compareCase, type Difference, type ToldCase, type ToldEvent } from "@linge/tlog/ledger/compare.ts";
import { checkReceipt, entryOf, parseReceipt, type Receipt } from "@linge/tlog/ledger/receipt.ts";
import { openCheckpoint, type Checkpoint } from "@linge/tlog/note/checkpoint.ts";
import { readVerifierKey, type NamedKey } from "@linge/tlog/note/key.ts";
import { tilePath } from "@linge/tlog/tiles/path.ts";
import { subtreesInTiles } from "@linge/tlog/tiles/read.ts";
import { isConsistent, proveConsistency } from "@linge/tlog/tree/consistency.ts";
import type { ReceiptTexts } from "./receipt.ts";

type Standing = {
  receipt: Receipt;
  unopened: number;
  witnesses: string[];
  told: ToldCase;
  events: ToldEvent[];
  waiting: Receipt["facts"][number]["fact"][];
};
/** What this browser remembers of a case: the log as it was then, and which entries are the case's. No words, no names. */
type Remembered = { key: string; checkpoint: string; entries: Record<number, string> };

const fill = (text: string, values: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));

async function fetched(url: string): Promise<Response> {
  const answer = await fetch(url, { cache: "no-store" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer;
}

/** Whether one tree continues the other, by a proof made from the log's own tiles. */
async function continues(a: Checkpoint, b: Checkpoint): Promise<boolean> {
  const [older, newer] = a.size <= b.size ? [a, b] : [b, a];
  const subtrees = subtreesInTiles(
    newer.size,
    async (tile) => new Uint8Array(await (await fetched(`/ledger/${tilePath(tile)}`)).arrayBuffer()),
  );
  const proof = await proveConsistency(subtrees, older.size, newer.size);
  return isConsistent(older.size, newer.size, older.root, newer.root, proof);
}

const entriesOf = (receipt: Receipt): Record<number, string> =>
  Object.fromEntries(receipt.facts.map((fact) => [fact.index, base64Of(entryOf(fact))]));

function remembered(number: string): Remembered | undefined {
  try {
    return JSON.parse(localStorage.getItem(`linge-receipt-${number}`) ?? "null") as Remembered | undefined;
  } catch {
    return undefined;
  }
}

/** What no longer fits with what was kept: the log itself, or entries of the case that are not where they were. */
async function changedSince(
  kept: Remembered,
  key: NamedKey,
  now: Checkpoint,
  entries: Record<number, string>,
  texts: ReceiptTexts,
): Promise<string[]> {
  const known = readVerifierKey(kept.key);
  if (known.name !== key.name || !sameBytes(known.publicKey, key.publicKey)) return [texts.rewritten];
  const then = (await openCheckpoint(kept.checkpoint, key)).checkpoint;
  if (!(await continues(then, now))) return [texts.rewritten];
  return Object.entries(kept.entries)
    .filter(([index, entry]) => entries[Number(index)] !== entry)
    .map(([index]) => fill(texts.gone, { index: Number(index) + 1 }));
}

function sentence({ code, what, field, logged, told }: Difference, texts: ReceiptTexts): string {
  const kind = texts.kinds[what] ?? what;
  const shown = (value: unknown): string =>
    typeof value === "string" ? value : value === undefined ? "—" : JSON.stringify(value);
  return fill(texts[code], {
    kind: field && what === "case" ? (texts.kinds[field] ?? field) : kind,
    logged: shown(logged),
    told: shown(told),
  });
}

/** Has the browser compile what the check runs most, before anybody waits for it. */
export function makeReady(): void {
  const salt = new Uint8Array(32);
  for (let i = 0; i < 100; i += 1) commitmentTo({ i }, salt);
}

/**
 * Is the case still in the record, and does the page say what it said then? Checked here, in the reader's browser, against
 * what this browser remembers, or against a receipt that was kept elsewhere.
 */
export async function checkCase(
  token: string,
  texts: ReceiptTexts,
  file?: string,
): Promise<{ right: boolean; lines: string[] }> {
  const standing = (await (await fetched(`/f/${token}/standing`)).json()) as Standing;
  const { receipt, told, events, waiting } = standing;
  const key = readVerifierKey(receipt.key);
  const { opened, faults } = await checkReceipt(receipt, key, standing.witnesses.map(readVerifierKey));
  const entries = entriesOf(receipt);
  const wrong: string[] = faults.map((fault) =>
    fill(texts.altered, { kind: texts.kinds[fault.kind] ?? fault.kind, logged: "—", told: "—" }),
  );
  const older = file === undefined ? undefined : parseReceipt(file);
  const before = remembered(receipt.number);
  for (const kept of [before, older && { key: older.key, checkpoint: older.checkpoint, entries: entriesOf(older) }])
    if (kept) wrong.push(...(await changedSince(kept, key, opened.checkpoint, entries, texts)));
  // What an older receipt says is held against the page as well: its facts are the ones that somebody may have wanted gone.
  if (standing.unopened === 0) {
    const facts = [...receipt.facts, ...waiting.map((fact) => ({ fact, index: Infinity, words: null }))];
    const held = older?.facts.filter((fact) => !(fact.index in entries)) ?? [];
    const inOrder = [...facts, ...held].sort((a, b) => a.index - b.index);
    wrong.push(...compareCase(inOrder, events, told).map((each) => sentence(each, texts)));
  }
  if (wrong.length) return { right: false, lines: [texts.changed, ...new Set(wrong)] };
  if (receipt.facts.length === 0) return { right: true, lines: [texts.fresh] };
  localStorage.setItem(
    `linge-receipt-${receipt.number}`,
    JSON.stringify({ key: receipt.key, checkpoint: receipt.checkpoint, entries } satisfies Remembered),
  );
  const witnesses = opened.witnesses.map(({ key: { name }, at }) =>
    fill(texts.seen, { name, at: new Date(at! * 1000).toLocaleString() }),
  );
  return {
    right: true,
    lines: [
      fill(texts.good, { facts: receipt.facts.length, size: opened.checkpoint.size }),
      ...witnesses,
      ...(before || older ? [] : [texts.first]),
    ],
  };
}
