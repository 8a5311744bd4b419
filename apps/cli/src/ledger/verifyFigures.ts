import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { figuresFromFacts, type MonthlyFigures, type UnitCounts } from "@linge/domain/assessment/monthly.ts";
import {
  append,
  canonical,
  checkReceipt,
  commitmentTo,
  emptyFrontier,
  fromHex,
  hexOf,
  leafHash,
  openCheckpoint,
  parseReceipt,
  readVerifierKey,
  rootOfFrontier,
  sameBytes,
  type Bytes,
  type Fact,
  type NamedKey,
} from "@linge/tlog";
import { typedPath } from "../command.ts";
import { continues } from "./consistency.ts";
import { LedgerInputError, readText } from "./input.ts";
import type { RemoteLog } from "./remote.ts";

export type FiguresFault =
  | { code: "notPublished" | "rewritten" | "notThisLog" | "badOpening"; why: string; index?: number }
  | { code: "unopened"; from: number; to: number }
  | { code: "altered"; unitId: string; field: string; published?: number; made?: number };

export type FiguresVerdict = {
  ok: boolean;
  month: string;
  entries: { from: number; to: number };
  /** Whether the figures were made anew from opened facts, or only found to be published. */
  recomputed: boolean;
  faults: FiguresFault[];
};

type Opening = { index: number; fact: Fact; salt: string };
type Given = { key?: NamedKey; log?: RemoteLog; openings?: string };

function readFigures(path: string): { figures: MonthlyFigures; receipt: ReturnType<typeof parseReceipt> } {
  const text = readText(path);
  try {
    const { figures, receipt } = JSON.parse(text) as { figures: MonthlyFigures; receipt: unknown };
    if (!Array.isArray(figures.units)) throw new TypeError();
    return { figures, receipt: parseReceipt(JSON.stringify(receipt)) };
  } catch {
    throw new LedgerInputError(`${path}: these are not figures as Linge publishes them`);
  }
}

/** Openings of a file, a line each, in the order of the log. @throws LedgerInputError for a line that is none */
async function* readOpenings(path: string): AsyncGenerator<Opening> {
  const lines = createInterface({ input: createReadStream(typedPath(path)), crlfDelay: Infinity });
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (!line.trim()) continue;
    try {
      const opening = JSON.parse(line) as Opening;
      if (!Number.isInteger(opening.index) || !/^[0-9a-f]{64}$/.test(opening.salt)) throw new TypeError();
      yield opening;
    } catch {
      throw new LedgerInputError(`${path}, line ${number}: this opens nothing`);
    }
  }
}

/** Takes openings in turn while the entries of the log go by, and makes the figures from what they open. */
function recompute(
  { logFrom, logSize, from, to }: MonthlyFigures,
  given: AsyncGenerator<Opening>,
  faults: FiguresFault[],
) {
  const figures = figuresFromFacts();
  let next: Promise<IteratorResult<Opening>> | undefined;
  let gap: { from: number; to: number } | undefined;
  const endGap = (): void => {
    if (gap) faults.push({ code: "unopened", ...gap });
    gap = undefined;
  };
  return {
    async entry(index: number, entry: Bytes): Promise<void> {
      if (index < logFrom || index >= logSize) return;
      next ??= given.next();
      let { value, done } = await next;
      while (!done && value.index < index) ({ value, done } = await (next = given.next()));
      if (done || value.index !== index) {
        gap = { from: gap?.from ?? index, to: index + 1 };
        return;
      }
      next = undefined;
      endGap();
      const { fact, salt } = value as Opening;
      if (sameBytes(commitmentTo(fact, fromHex(salt)), entry)) figures.add(fact);
      else faults.push({ code: "badOpening", index, why: "this is not what the log has here" });
    },
    units(): UnitCounts[] {
      endGap();
      return figures.units(from, to);
    },
  };
}

function compareUnits(published: readonly UnitCounts[], made: readonly UnitCounts[]): FiguresFault[] {
  const byId = (units: readonly UnitCounts[]) =>
    new Map(units.map((unit) => [unit.unitId, unit as Record<string, unknown>]));
  const [told, own] = [byId(published), byId(made)];
  return [...new Set([...told.keys(), ...own.keys()])].flatMap((unitId) => {
    const [a, b] = [told.get(unitId) ?? {}, own.get(unitId) ?? {}];
    return Object.keys({ ...a, ...b })
      .filter((field) => a[field] !== b[field])
      .map((field): FiguresFault => ({
        code: "altered",
        unitId,
        field,
        published: a[field] as number | undefined,
        made: b[field] as number | undefined,
      }));
  });
}

/**
 * Whether a month's figures are those that were published, over a part of the log that still stands; and with the openings
 * that an auditor is entitled to, whether they follow from the facts.
 */
export async function verifyFigures(path: string, { key: known, log, openings }: Given): Promise<FiguresVerdict> {
  const { figures, receipt } = readFigures(path);
  const key = known ?? readVerifierKey(receipt.key);
  const faults: FiguresFault[] = [];
  const { faults: unproven } = await checkReceipt(receipt, key);
  const fact = receipt.facts.find((each) => each.fact.kind === "figures.published")?.fact;
  if (unproven.length || !fact || canonical(fact.data) !== canonical(figures))
    faults.push({ code: "notPublished", why: "the log does not have these figures" });
  if (openings && !log)
    throw new LedgerInputError("give --log with the log's address: the openings are compared with it");
  const made = openings ? recompute(figures, readOpenings(openings), faults) : undefined;
  if (log) faults.push(...(await walkLog(figures, key, log, made)));
  if (made) faults.push(...compareUnits(figures.units, made.units()));
  const entries = { from: figures.logFrom, to: figures.logSize };
  return { ok: faults.length === 0, month: figures.month, entries, recomputed: made !== undefined, faults };
}

/** Reads the entries that the figures were made over, and sees that they are still the beginning of the log. */
async function walkLog(
  { logSize, logRoot }: MonthlyFigures,
  key: NamedKey,
  log: RemoteLog,
  made: ReturnType<typeof recompute> | undefined,
): Promise<FiguresFault[]> {
  const frontier = emptyFrontier();
  for await (const entry of log.entries(logSize)) {
    await made?.entry(frontier.size, entry);
    append(frontier, leafHash(entry));
  }
  const root = rootOfFrontier(frontier);
  if (frontier.size !== logSize || hexOf(root) !== logRoot)
    return [{ code: "notThisLog", why: "the log's entries are not those that the figures were made over" }];
  const { checkpoint } = await openCheckpoint(await log.checkpoint(), key);
  const then = { ...checkpoint, size: logSize, root };
  if (checkpoint.size < logSize || !(await continues(log, then, checkpoint)))
    return [{ code: "rewritten", why: "the log of today does not continue the one that the figures were made over" }];
  return [];
}

export function sayFigures({ ok, month, entries, recomputed, faults }: FiguresVerdict): string[] {
  const said = faults.map((fault) => {
    if (fault.code === "altered")
      return `WRONG: ${fault.unitId}: ${fault.field} was published as ${fault.published ?? "nothing"}, and is ${fault.made ?? "nothing"}`;
    if (fault.code === "unopened") return `WRONG: entries ${fault.from} to ${fault.to - 1} are not opened`;
    return `WRONG: ${fault.index === undefined ? "" : `entry ${fault.index}: `}${fault.why}`;
  });
  return [
    `Figures of ${month}, over entries ${entries.from} to ${entries.to - 1} of the log`,
    ...said,
    ok ? `Right: published so${recomputed ? ", and they follow from the facts" : ""}.` : "The figures do not hold.",
  ];
}
