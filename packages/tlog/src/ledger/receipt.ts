import { base64Of, fromHex, hexOf, utf8, type Bytes } from "../bytes.ts";
import { TlogError } from "../error.ts";
import { openCheckpoint, type OpenedCheckpoint } from "../note/checkpoint.ts";
import { readVerifierKey, type NamedKey } from "../note/key.ts";
import { formatProof, parseHashes } from "../note/proofFile.ts";
import { isIncluded } from "../tree/inclusion.ts";
import { leafHash } from "../tree/hashes.ts";
import { commitmentTo, sealOf, type Fact, type Words } from "./commitment.ts";

/** A fact with what opens it, and its place in the log. `salt` in hex, `proof` in base64 from the leaf upwards. */
export type ReceiptFact = { fact: Fact; salt: string; words?: Words | null; index: number; proof: string[] };

/** What the holder of a case's link keeps: the facts of his case, and the log's own signature that it has them. */
export type Receipt = {
  format: "linge-receipt/1";
  key: string;
  number: string;
  checkpoint: string;
  facts: ReceiptFact[];
  /** How many facts were too fresh to be in the log when the receipt was made. */
  waiting: number;
};

/** What is wrong with a receipt; `index` is the leaf's. */
export type ReceiptFault = { code: "notInLog" | "wordsAltered"; index: number; kind: string; field?: string };

export type CheckedReceipt = { opened: OpenedCheckpoint; faults: ReceiptFault[] };

/** The leaf's entry in the log: the commitment. */
export const entryOf = ({ fact, salt }: Pick<ReceiptFact, "fact" | "salt">): Bytes => commitmentTo(fact, fromHex(salt));

const isText = (value: unknown): boolean => typeof value === "string";
const isSalt = (value: unknown): boolean => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

function areWords(words: unknown): boolean {
  if (words === undefined || words === null) return true;
  return isObject(words) && Object.values(words as Words).every((each) => isText(each?.text) && isSalt(each?.salt));
}

function isFact(each: Partial<ReceiptFact> | null): boolean {
  const { fact, salt, words, index, proof } = each ?? {};
  return (
    [fact?.kind, fact?.subject, fact?.at].every(isText) &&
    isObject(fact?.data) &&
    isSalt(salt) &&
    areWords(words) &&
    Number.isSafeInteger(index) &&
    Array.isArray(proof) &&
    proof.every(isText)
  );
}

/** Reads a receipt's file. @throws TlogError malformed */
export function parseReceipt(text: string): Receipt {
  let read: Partial<Receipt> | null;
  try {
    read = JSON.parse(text) as Partial<Receipt> | null;
  } catch {
    throw new TlogError("malformed", "this is not a receipt: it is not JSON");
  }
  if (
    read?.format !== "linge-receipt/1" ||
    ![read.key, read.number, read.checkpoint].every(isText) ||
    !Array.isArray(read.facts) ||
    !read.facts.every(isFact)
  )
    throw new TlogError("malformed", "this is not a receipt of the form linge-receipt/1");
  return read as Receipt;
}

/**
 * Checks a receipt by itself: the log signed the checkpoint, each fact is in it, and the words are those of the fact.
 * @param trusted the log's key as known from elsewhere; without it, the receipt's own is believed
 * @throws TlogError malformed, wrongOrigin, unknownKey, badSignature: then nothing in the receipt can be relied on
 */
export async function checkReceipt(
  receipt: Receipt,
  trusted?: NamedKey,
  witnesses: readonly NamedKey[] = [],
): Promise<CheckedReceipt> {
  const opened = await openCheckpoint(receipt.checkpoint, trusted ?? readVerifierKey(receipt.key), witnesses);
  const { size, root } = opened.checkpoint;
  const faults = receipt.facts.flatMap((each): ReceiptFault[] => {
    const { index, proof } = each;
    const named = { index, kind: each.fact.kind };
    const leaf = leafHash(entryOf(each));
    if (!isIncluded(leaf, index, size, parseHashes(proof), root)) return [{ code: "notInLog", ...named }];
    return alteredWords(each).map((field): ReceiptFault => ({ code: "wordsAltered", ...named, field }));
  });
  return { opened, faults };
}

/** Fields whose words are not those that the fact commits to; words that were destroyed are not altered. */
export function alteredWords({ fact, words }: Pick<ReceiptFact, "fact" | "words">): string[] {
  return Object.entries(words ?? {})
    .filter(([field, { text, salt }]) => hexOf(commitmentTo(text, fromHex(salt))) !== sealOf(fact.data[field]))
    .map(([field]) => field);
}

/** One fact of a receipt as a tlog-proof file; what opens it travels as the file's extra data. */
export function proofFileOf(receipt: Receipt, { fact, salt, words, index, proof }: ReceiptFact): string {
  const extra = utf8(JSON.stringify({ fact, salt, words }));
  return formatProof({ extra, index, proof: parseHashes(proof), checkpoint: receipt.checkpoint });
}

export const proofLines = (proof: readonly Bytes[]): string[] => proof.map(base64Of);
