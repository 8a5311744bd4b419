import type { Actor } from "@linge/domain/access/scope.ts";
import type { SyncCommand } from "@linge/sync/command/command.ts";
import type { Decide, InboxChange, InboxView } from "@linge/sync/inbox/kept.ts";
import { receive, settleOverdue } from "@linge/sync/inbox/receive.ts";
import { ours } from "@linge/sync/protocol/protocol.ts";
import type { PushRequest, PushResponse } from "@linge/sync/protocol/message.ts";
import { sql } from "kysely";
import type { Tx } from "../../platform/db/database.ts";
import type { House } from "../../platform/house.ts";
import { writeChanges, type Change } from "../cases/store.ts";
import { writeVisits } from "../visits/store.ts";
import { decideAtDesk, openDesk, type Desk } from "./deciding.ts";
import { inboxSettings, lockBranch, readInbox, writeInbox } from "./inbox.ts";
import type { CheckCommand } from "./schemas.ts";
import { linkMedia } from "./uploads.ts";

/** Somebody wrote one of these commands, or took a case number, at the same moment: read again and decide again. */
class Crossed extends Error {}

const passing = new Set(["40P01", "40001", "23505"]);
const mostTries = 5;

async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      const known = error instanceof Crossed || passing.has((error as { code?: string }).code ?? "");
      if (!known || tries === mostTries) throw error;
    }
  }
}

function announce(house: House, changes: readonly Change[]): void {
  for (const { decided } of changes)
    for (const { id, version, state, areaCode, orders } of [decided.record, ...decided.others])
      house.live.publish({ type: "case", id, version, state, areaCode, unitIds: orders.map((order) => order.unitId) });
}

type Inside = (view: InboxView, decide: Decide) => InboxChange;

/** Decides and writes in one transaction: answers, cases, events, ledger, outbox, or nothing of all that. */
async function decideTogether(
  house: House,
  tx: Tx,
  actor: Actor,
  branchId: string,
  commands: readonly SyncCommand[],
  check: CheckCommand,
  inside: Inside,
): Promise<{ change: InboxChange; desk: Desk }> {
  const branch = await lockBranch(tx, house.cityId, branchId, actor.id);
  const view = await readInbox(tx, house.cityId, branch, commands);
  const waiting = view.kept.flatMap(({ held }) => held ?? []);
  const desk = await openDesk(tx, house.cityId, [...commands, ...waiting]);
  const change = inside(view, decideAtDesk(house, actor, desk, check));
  if (desk.changes.length && !(await writeChanges(tx, house.cityId, desk.changes))) throw new Crossed();
  if (desk.visitChanges.length) await writeVisits(tx, house.cityId, desk.visitChanges);
  await writeInbox(tx, house.cityId, change);
  return { change, desk };
}

async function carryOut(
  house: House,
  actor: Actor,
  branchId: string,
  commands: readonly SyncCommand[],
  check: CheckCommand,
  inside: Inside,
): Promise<InboxChange> {
  const { change, desk } = await again(() =>
    house.db.transaction().execute((tx) => decideTogether(house, tx, actor, branchId, commands, check, inside)),
  );
  announce(house, desk.changes);
  const records = desk.changes.map(({ decided }) => decided.record);
  await linkMedia(
    house,
    records.flatMap(({ photos, recordings = [] }) => [...photos, ...recordings]),
  );
  return change;
}

/** Takes a push of a phone in and answers it, once everything of it is safely written. */
export async function takePush(
  house: House,
  actor: Actor,
  request: PushRequest,
  check: CheckCommand,
): Promise<PushResponse> {
  const now = house.clock();
  const change = await carryOut(house, actor, request.branch, request.commands, check, (view, decide) =>
    receive(view, request, actor.id, decide, inboxSettings(now)),
  );
  await sql`update sync_branches set seen_at = ${new Date(now).toISOString()}
    where city_id = ${house.cityId} and id = ${request.branch} and worker = ${actor.id}`.execute(house.db);
  return { protocol: ours, time: new Date(now).toISOString(), answers: change.answers, forked: change.forked };
}

/** Decides without what is missing, for one branch whose deadline has passed, with the rights its worker has today. */
export async function settleBranch(house: House, actor: Actor, branchId: string, check: CheckCommand): Promise<void> {
  const settings = inboxSettings(house.clock());
  await carryOut(house, actor, branchId, [], check, (view, decide) =>
    settleOverdue(view, view.branch!, decide, settings),
  );
}
