import type { FollowingCommand } from "./command.ts";
import { standingOrders, type CaseRecord, type Petition, type WorkOrder } from "./record.ts";

type Ready = (record: CaseRecord, unitId?: string) => boolean;

const pending = (petition: Petition | undefined): boolean => petition !== undefined && petition.decided === undefined;

/** Whether an order of the unit (of any unit, if none is named) is in one of these states. */
const orderIn =
  (...states: WorkOrder["state"][]): Ready =>
  (record, unitId) =>
    standingOrders(record).some(
      (order) => (unitId === undefined || order.unitId === unitId) && states.includes(order.state),
    );

const orderWith =
  (petition: "objection" | "extension" | "suspension"): Ready =>
  (record) =>
    standingOrders(record).some((order) => pending(order[petition]));

const inWork = orderIn("accepted", "contacted", "handling");

/** What has to be there before a command makes sense, beside the state: a decision needs something to decide. */
const readiness: Partial<Record<FollowingCommand["type"], Ready>> = {
  accept: orderIn("dispatched"),
  contact: inWork,
  startHandling: orderIn("accepted", "contacted"),
  respond: inWork,
  object: orderIn("dispatched"),
  requestExtension: inWork,
  requestSuspension: inWork,
  decideObjection: orderWith("objection"),
  decideExtension: orderWith("extension"),
  decideSuspension: orderWith("suspension"),
  resume: (record, unitId) =>
    record.clock.pausedSince !== undefined ||
    standingOrders(record).some(
      (order) => order.pausedSince !== undefined && (unitId === undefined || order.unitId === unitId),
    ),
  inform: (record) => (record.untold?.length ?? 0) > 0,
  archive: (record) => record.reopening === undefined || record.reopening.decided !== undefined,
  decideReopening: (record) => record.reopening !== undefined && record.reopening.decided === undefined,
  answerWhistleCall: (record, unitId) =>
    record.whistleCalls.some((call) =>
      call.units.some((unit) => unit.coming === undefined && (unitId === undefined || unit.unitId === unitId)),
    ),
  publish: (record) => record.visibility === "public" && !record.published,
  unpublish: (record) => record.published,
  undo: (record) => record.undo !== undefined && record.undo.version === record.version,
  cutRatingLink: (record) => record.rating !== undefined && record.identityRemovedAt === undefined,
  removeIdentity: (record) => record.identityRemovedAt === undefined,
};

/** Whether the case has what the command needs; `unitId` narrows it to one unit's orders. */
export function isReady(record: CaseRecord, type: FollowingCommand["type"], unitId?: string): boolean {
  return readiness[type]?.(record, unitId) ?? true;
}
