import { fromHex, sameBytes, type Bytes } from "../bytes.ts";
import { append, emptyFrontier, rootOfFrontier, type Frontier } from "../tree/frontier.ts";
import { leafHash, type Hash } from "../tree/hashes.ts";
import { alteredWords } from "./receipt.ts";
import { commitmentTo, type Fact, type Words } from "./commitment.ts";

/** A row of the ledger as the database has it, apart from what opens it. `at` is when its fact says it happened. */
export type LedgerRow = {
  index: number;
  commitment: Bytes;
  subject?: string;
  kind?: string;
  at?: string;
  /** Facts of invented cases bear invented times. */
  synthetic?: boolean;
};

/** What a row is opened with; `fact` is missing for rows of before facts were kept. */
export type Opened = { commitment: Bytes; fact?: Fact; salt?: string; words?: Words | null };

/** A checkpoint as it was given out; `at` in ms since 1970, when it was made, if that is known. */
export type GivenCheckpoint = { size: number; root: Hash; at?: number };

/** What is wrong with the ledger at a leaf, or as a whole. */
export type LedgerFault = {
  code: "missing" | "altered" | "extra" | "rewritten" | "clock";
  index?: number;
  size?: number;
  subject?: string;
  kind?: string;
  field?: string;
  why: string;
};

/** Facts are written within this time of when they say they happened. In ms. */
const tolerance = 5 * 60_000;

/**
 * Walks the ledger's rows in order against the entries that the log published and the checkpoints it gave out. Checkpoints are
 * given as the walk comes to them, so that memory does not grow with the log.
 */
export function ledgerAudit(report: (fault: LedgerFault) => void) {
  const frontier: Frontier = emptyFrontier();
  let ordered: GivenCheckpoint[] = [];
  let next = 0;
  let clock = -Infinity;

  const close = (): void => {
    while (ordered[next]?.size === frontier.size) {
      const { root, at } = ordered[next]!;
      if (!sameBytes(root, rootOfFrontier(frontier)))
        report({
          code: "rewritten",
          size: frontier.size,
          why: `the log's first ${frontier.size} entries are not those of the checkpoint`,
        });
      if (at !== undefined && at < clock)
        report({ code: "clock", size: frontier.size, why: "the checkpoint is dated before the one it follows" });
      clock = Math.max(clock, at ?? clock);
      next += 1;
    }
  };

  return {
    /** Checkpoints that somebody kept, of sizes that the walk has not passed yet. */
    given(checkpoints: readonly GivenCheckpoint[]): void {
      ordered = [...ordered.slice(next), ...checkpoints].sort((a, b) => a.size - b.size);
      next = 0;
      close();
    },
    /** The published entry at the next place, and the row that ought to stand for it. */
    entry(published: Bytes, row: LedgerRow | undefined): void {
      const index = frontier.size;
      if (!row) report({ code: "missing", index, why: "the log has an entry that the database does not have" });
      else if (!sameBytes(row.commitment, published))
        report({
          code: "altered",
          index,
          ...named(row),
          field: "commitment",
          why: "the database has another entry here than the log",
        });
      if (row?.at && !row.synthetic) {
        const at = Date.parse(row.at);
        const made = ordered[next]?.at ?? Infinity;
        if (at < clock - tolerance || at > made + tolerance)
          report({
            code: "clock",
            index,
            ...named(row),
            why: "the fact is dated outside the time in which it was logged",
          });
      }
      append(frontier, leafHash(published));
      close();
    },
    /** A row that claims a place which the log does not have. */
    extra(row: LedgerRow): void {
      report({
        code: "extra",
        index: row.index,
        ...named(row),
        why: "the database has an entry that the log does not have",
      });
    },
    /** Says what is missing at the end. @returns the root over all entries */
    end(): Hash {
      for (; ordered[next]; next += 1)
        report({
          code: "rewritten",
          size: ordered[next]!.size,
          why: `the log has ${frontier.size} entries, fewer than it once had`,
        });
      return rootOfFrontier(frontier);
    },
  };
}

const named = ({ subject, kind }: LedgerRow) => ({ subject, kind });

/** What is wrong with a row by itself: its fact and words are those that it commits to. */
export function openingFaults({ commitment, fact, salt, words }: Opened): LedgerFault[] {
  if (!fact || !salt) return [];
  const { subject, kind } = fact;
  if (!sameBytes(commitmentTo(fact, fromHex(salt)), commitment))
    return [{ code: "altered", subject, kind, field: "fact", why: "the fact is not the one that was logged" }];
  return alteredWords({ fact, words }).map((field) => ({
    code: "altered",
    subject,
    kind,
    field,
    why: "the words are not those that were logged",
  }));
}
