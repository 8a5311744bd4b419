import {
  proofLines,
  proveInclusion,
  subtreesInTiles,
  verifierKey,
  type Receipt,
  type ReceiptFact,
  type ToldCase,
  type ToldEvent,
} from "@linge/tlog";
import type { House } from "../../platform/house.ts";
import { caseById, timelineOf } from "../cases/queries.ts";
import { checkpointOver } from "./checkpoints.ts";
import { logKey } from "./key.ts";
import { tileReader } from "./tiles.ts";
import { witnessesOf } from "./witnesses.ts";
import { leavesOf, toldCase } from "./told.ts";

/** The receipt of a case, for whoever holds its link. */
export async function receiptOf(house: House, caseId: string): Promise<Receipt> {
  return receiptFor(house, (await caseById(house, caseId)).number, caseId);
}

/** Every fact about a subject that is in the log, opened and proven; `number` is what people call it. */
export async function receiptFor(house: House, number: string, subject: string): Promise<Receipt> {
  const leaves = await leavesOf(house.db, house.cityId, [subject]);
  // Read after the leaves: whatever has a place by now is within this tree.
  const { size, note } = await checkpointOver(house, 1 + Math.max(-1, ...leaves.map(({ index }) => index ?? -1)));
  const subtrees = subtreesInTiles(size, tileReader(house.db, house.cityId));
  const facts: ReceiptFact[] = [];
  for (const { index, fact, salt, words } of leaves) {
    if (index === undefined || !fact || !salt) continue;
    const proof = proofLines(await proveInclusion(subtrees, index, size));
    facts.push({ fact, salt, words, index, proof });
  }
  const waiting = leaves.filter((leaf) => leaf.index === undefined).length;
  return {
    format: "linge-receipt/1",
    key: verifierKey((await logKey(house)).key),
    number,
    checkpoint: note,
    facts,
    waiting,
  };
}

/** What the page of a case is compared with: today's receipt, and what the database says of the case today. */
export type Standing = {
  receipt: Receipt;
  /** Leaves of before facts were kept with them: they are in the log, and nobody can say what they stand for. */
  unopened: number;
  /** Keys of the witnesses whose cosignatures the receipt may carry. */
  witnesses: string[];
  told: ToldCase;
  events: ToldEvent[];
  waiting: ReceiptFact["fact"][];
};

export async function standingOf(house: House, caseId: string): Promise<Standing> {
  const receipt = await receiptOf(house, caseId);
  const known = new Set(receipt.facts.map(({ index }) => index));
  const leaves = await leavesOf(house.db, house.cityId, [caseId]);
  const waiting = leaves.flatMap(({ index, fact }) =>
    fact && (index === undefined || !known.has(index)) ? [fact] : [],
  );
  const events = await timelineOf(house, caseId, ["everyone", "reporter"]);
  return {
    receipt,
    unopened: leaves.filter(({ fact }) => !fact).length,
    witnesses: witnessesOf(house).map(({ key }) => verifierKey(key)),
    told: toldCase(await caseById(house, caseId)),
    events: events.map(({ type, at, unitId, data }) => ({ type, at, unitId, data })),
    waiting,
  };
}
