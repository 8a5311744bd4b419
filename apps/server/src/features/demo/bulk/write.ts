import type pg from "pg";
import { rowsOf, type Change } from "../../cases/store.ts";
import { arrayText, bytesText, copyRows } from "./copy.ts";

/** Words hold letters and digits alone, so that quotes around them are enough. */
const searchText = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(" ");

/**
 * Adds the lives of new cases with COPY: cases, work orders, events and leaves of the log. Answers to commands are not
 * kept: nobody will repeat these commands; and nothing goes to the outbox: figures are made whole at the end.
 */
export async function copyLives(client: pg.ClientBase, cityId: string, changes: readonly Change[]): Promise<void> {
  const city_id = cityId;
  const rows = rowsOf(changes);
  const cases = rows.cases.map(({ words, unit_ids, marks, ...row }) => ({
    ...row,
    city_id,
    unit_ids: arrayText(unit_ids),
    marks: arrayText(marks),
    search: searchText(words),
  }));
  const orders = rows.orders.map((row) => ({ ...row, city_id }));
  const events = rows.events.map(({ caseId, actorId, actorRole, unitId, ...row }) => ({
    ...row,
    city_id,
    case_id: caseId,
    actor_id: actorId,
    actor_role: actorRole,
    unit_id: unitId,
  }));
  const leaves = rows.leaves.map(({ commitment, salt, words, ...row }) => ({
    ...row,
    city_id,
    commitment: bytesText(commitment),
    salt: bytesText(salt),
    words,
  }));
  await copyRows(client, "cases", cases);
  await copyRows(client, "work_orders", orders);
  await copyRows(client, "case_events", events);
  await copyRows(client, "ledger_leaves", leaves);
}
