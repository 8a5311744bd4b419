import { hexOf, type Bytes } from "../src/bytes.ts";
import {
  ledgerAudit,
  openingFaults,
  type GivenCheckpoint,
  type LedgerFault,
  type Opened,
} from "../src/ledger/audit.ts";
import { commitmentTo, sealWords, type Fact } from "../src/ledger/commitment.ts";
import { compareCase, type Difference, type ToldCase, type ToldEvent } from "../src/ledger/compare.ts";
import { append, emptyFrontier, rootOfFrontier } from "../src/tree/frontier.ts";
import { leafHash } from "../src/tree/hashes.ts";

/** Repeatable random numbers (mulberry32). */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

export type City = {
  /** What the database says. */
  rows: (Opened & { index: number })[];
  events: Map<string, ToldEvent[]>;
  cases: Map<string, ToldCase>;
  /** What was given out and is kept elsewhere. */
  published: Bytes[];
  checkpoints: GivenCheckpoint[];
};

const start = Date.parse("2026-11-23T02:00:00.000Z");

/** A small city in which cases are reported, closed and rated, with a checkpoint every few facts. */
export function makeCity(cases: number, random: (below: number) => number): City {
  const city: City = { rows: [], events: new Map(), cases: new Map(), published: [], checkpoints: [] };
  const frontier = emptyFrontier();
  let now = start;
  const happen = (fact: Omit<Fact, "at">, event: Omit<ToldEvent, "at">): string => {
    const at = new Date((now += 60_000)).toISOString();
    const salt = (): Bytes => Uint8Array.from({ length: 32 }, () => random(256));
    const sealed = sealWords({ ...fact, at }, salt);
    const opening = salt();
    const commitment = commitmentTo(sealed.fact, opening);
    city.rows.push({ index: frontier.size, fact: sealed.fact, words: sealed.words, salt: hexOf(opening), commitment });
    city.published.push(commitment);
    city.events.set(fact.subject, [...(city.events.get(fact.subject) ?? []), { ...event, at }]);
    append(frontier, leafHash(commitment));
    if (frontier.size === 1 || random(3) === 0)
      city.checkpoints.push({ size: frontier.size, root: rootOfFrontier(frontier), at: now });
    return at;
  };
  for (let n = 0; n < cases; n += 1) {
    const caseId = `case-${n}`;
    const text = `lamp ${n}`;
    const reportedAt = happen(
      { kind: "reported", subject: caseId, data: { categoryId: "facilities.streetLights", text } },
      { type: "reported", data: { categoryId: "facilities.streetLights" } },
    );
    happen(
      { kind: "handled", subject: caseId, data: { unitId: "works", answer: `bulb ${n}` } },
      { type: "responded", unitId: "works", data: { answer: `bulb ${n}` } },
    );
    happen(
      { kind: "closed", subject: caseId, data: { how: "check", unitId: "works" } },
      { type: "closed", data: { how: "check" } },
    );
    const rating = { resolved: random(2) === 0, satisfaction: 1 + random(5) };
    happen(
      { kind: "rated", subject: caseId, data: { ...rating, by: "resident", unitId: "works" } },
      { type: "rated", data: { ...rating, comment: "", by: "resident" } },
    );
    city.cases.set(caseId, { id: caseId, state: "followedUp", text, reportedAt, rating });
  }
  if (city.checkpoints.at(-1)!.size < frontier.size)
    city.checkpoints.push({ size: frontier.size, root: rootOfFrontier(frontier), at: now });
  return city;
}

/** Everything an auditor does with a city's database and what was given out. */
export function auditCity({ rows, events, cases, published, checkpoints }: City): (LedgerFault | Difference)[] {
  const faults: (LedgerFault | Difference)[] = [];
  const audit = ledgerAudit((fault) => faults.push(fault));
  audit.given(checkpoints);
  const byIndex = new Map(rows.map((row) => [row.index, { ...row, ...row.fact }]));
  published.forEach((entry, index) => audit.entry(entry, byIndex.get(index)));
  for (const row of rows) if (row.index >= published.length) audit.extra({ ...row, ...row.fact });
  audit.end();
  for (const row of rows) faults.push(...openingFaults(row).map((fault) => ({ ...fault, index: row.index })));
  const ids = new Set([...cases.keys(), ...rows.map((row) => row.fact!.subject)]);
  for (const id of ids) {
    const facts = rows
      .filter((row) => row.fact!.subject === id)
      .map(({ index, fact, words }) => ({ index, fact: fact!, words }));
    faults.push(...compareCase(facts, events.get(id) ?? [], cases.get(id)));
  }
  return faults;
}
