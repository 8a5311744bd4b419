import type { Actor } from "@linge/domain/access/scope.ts";
import { unfinishedOrders, type CaseRecord } from "@linge/domain/case/record.ts";
import { sql } from "kysely";
import { derivedId } from "../../platform/derivedId.ts";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { runCaseCommand } from "./commands.ts";
import { caseById } from "./queries.ts";

const clockwork: Actor = { id: "system", kind: "system", grants: [] };
const most = 200;

/** Orders whose clock stands still although the day until which it might has come. */
function overstayed(record: CaseRecord, now: number): { id: string; until: string }[] {
  return unfinishedOrders(record).flatMap(({ id, part, pausedSince, suspension }) => {
    const stands = pausedSince !== undefined || (part === "lead" && record.clock.pausedSince !== undefined);
    const until = suspension?.decided?.granted ? suspension.until : undefined;
    return stands && until && Date.parse(until) <= now ? [{ id, until }] : [];
  });
}

/**
 * Ends suspensions on the day that was granted: nobody has to remember that a clock stands still.
 * @returns how many clocks run again
 */
export async function endSuspensions(house: House): Promise<number> {
  const found = await sql<{ case_id: string }>`
    select distinct case_id from work_orders where city_id = ${house.cityId} and paused_since is not null limit ${most}`.execute(
    house.db,
  );
  let ended = 0;
  for (const { case_id } of found.rows) {
    const record = await caseById(house, case_id);
    for (const { id: orderId, until } of overstayed(record, house.clock())) {
      const id = derivedId("suspension ends", orderId, until);
      try {
        await runCaseCommand(house, clockwork, { id, caseId: case_id, type: "resume", orderId, note: "" });
        ended += 1;
      } catch (error) {
        // Somebody resumed it in the same moment.
        if (!(error instanceof Refusal)) throw error;
      }
    }
  }
  return ended;
}
