import { refuse } from "../../error/catalogue.ts";
import { maskText } from "../mask.ts";
import { stopPause } from "./handling.ts";
import { addRecordings, changeCategory, releaseDuplicates } from "./opening.ts";
import { record, tell, tellReporter, tellUnit, type Rule, type StepBase } from "../step.ts";
import { photosOf, standingOrders, type CaseRecord, type Petition } from "../record.ts";

export const correctCategory: Rule<"correctCategory"> = (step) => {
  const { draft, command, context } = step;
  const before = draft.categoryId;
  const problem = changeCategory(draft, command.categoryId, context);
  if (problem) return problem;
  tell(step, "categoryCorrected", { from: before, to: draft.categoryId, reason: command.reason, dueAt: draft.dueAt });
  tellReporter(step, "categoryCorrected", { dueAt: draft.dueAt });
  return undefined;
};

export const correctPlace: Rule<"correctPlace"> = (step) => {
  const { draft, command } = step;
  tell(
    step,
    "placeCorrected",
    { from: draft.areaCode, to: command.areaCode, reason: command.reason },
    { visible: "staff" },
  );
  draft.place = command.place;
  draft.areaCode = command.areaCode;
  draft.gridId = command.gridId;
};

export const addInformation: Rule<"addInformation"> = (step) => {
  const { draft, command } = step;
  draft.photos.push(...(command.photos ?? []));
  addRecordings(draft, command.recordings);
  tell(step, "informationAdded", { text: command.text, photos: command.photos ?? [] }, { visible: "reporter" });
  for (const order of standingOrders(draft)) tellUnit(step, order.unitId, "informationAdded");
};

export const addInternalNote: Rule<"addInternalNote"> = (step) => {
  tell(step, "internalNoteAdded", { text: step.command.text }, { visible: "staff" });
};

const end = ({ draft, context }: StepBase, reason: string): void => {
  draft.state = "voided";
  stopPause(draft, context.now);
  draft.ended = { reason };
  for (const order of standingOrders(draft)) order.state = "cancelled";
};

export const withdraw: Rule<"withdraw"> = (step) => {
  for (const order of standingOrders(step.draft)) tellUnit(step, order.unitId, "withdrawn");
  end(step, step.command.reason);
  tell(step, "withdrawn", { reason: step.command.reason });
  record(step, "withdraw", { by: "reporter" });
  releaseDuplicates(step);
};

const voiding: Rule<"void"> = (step) => {
  for (const order of standingOrders(step.draft)) tellUnit(step, order.unitId, "voided");
  end(step, step.command.reason);
  tell(step, "voided", { reason: step.command.reason });
  record(step, "void", { by: "desk", reason: step.command.reason });
  tellReporter(step, "voided", { reason: step.command.reason });
  releaseDuplicates(step);
};
export { voiding as void };

export const publish: Rule<"publish"> = (step) => {
  const { draft, command } = step;
  draft.published = true;
  draft.publicText = maskText(command.text);
  const chosen = (command.photos ?? []).filter((photo) => photosOf(draft).includes(photo));
  if (chosen.length) draft.publicPhotos = chosen;
  tell(step, "published", { text: draft.publicText });
};

export const unpublish: Rule<"unpublish"> = (step) => {
  step.draft.published = false;
  delete step.draft.publicText;
  delete step.draft.publicPhotos;
  tell(step, "unpublished", { reason: step.command.reason });
};

/** About 100 m: enough for figures and maps, too little for a door. */
const coarse = (degrees: number | undefined): number | undefined =>
  degrees === undefined ? undefined : Math.round(degrees * 1000) / 1000;

/** Empties what units wrote when they asked for something, and what was said of it. */
function forgetWords(petition: Petition | undefined): void {
  if (!petition) return;
  petition.reason = "";
  if (petition.decided) petition.decided.reason = "";
}

/** Removes who reported, whatever people wrote in their own words, and the exact place; figures and facts stay. */
export const removeIdentity: Rule<"removeIdentity"> = (step) => {
  const { draft, context } = step;
  delete draft.reporter;
  delete draft.publicText;
  delete draft.publicPhotos;
  delete draft.verification;
  delete draft.undo;
  delete draft.untold;
  delete draft.clientAt;
  draft.published = false;
  draft.text = "";
  draft.place = { lon: coarse(draft.place.lon), lat: coarse(draft.place.lat), unknown: draft.place.unknown };
  draft.answers = {};
  draft.photos = [];
  delete draft.recordings;
  if (draft.rating) delete draft.rating.comment;
  if (draft.reopening) Object.assign(draft.reopening, { reason: "", photos: [] });
  if (draft.reopening?.decided) draft.reopening.decided.reason = "";
  if (draft.ended) draft.ended.reason = "";
  for (const order of draft.orders) {
    delete order.answer;
    for (const petition of [order.objection, order.extension, order.suspension]) forgetWords(petition);
  }
  for (const call of draft.whistleCalls) {
    Object.assign(call, { reason: "", place: "" });
    for (const unit of call.units) delete unit.note;
  }
  draft.identityRemovedAt = context.now;
  tell(step, "identityRemoved", {});
  record(step, "removeIdentity");
};

/** Cuts a rating from whoever gave it, while the rest of the case still has its time. */
export const cutRatingLink: Rule<"cutRatingLink"> = (step) => {
  const { draft } = step;
  delete draft.reporter;
  delete draft.untold;
  if (draft.rating) delete draft.rating.comment;
  tell(step, "ratingLinkCut", {}, { visible: "reporter" });
};

/** Minutes in which a slip of the desk can be taken back. */
const undoMinutes = 10;

export const undo: Rule<"undo"> = (step) => {
  const { draft, context } = step;
  const slip = draft.undo;
  const late =
    !slip ||
    slip.version !== draft.version ||
    slip.by !== context.actor.id ||
    Date.parse(context.now) - Date.parse(slip.at) > undoMinutes * 60_000;
  if (late) return refuse("undoTooLate", {});
  // Restored keys may be absent from what was kept; JSON has no undefined, so they are deleted by name.
  for (const key of undoableKeys) delete (draft as Partial<CaseRecord>)[key];
  Object.assign(draft, slip.before);
  delete draft.undo;
  tell(step, "undone", { command: slip.command });
  if (slip.command !== "file") tellReporter(step, "undone");
  for (const order of standingOrders(draft)) tellUnit(step, order.unitId, "undone");
  return undefined;
};

const undoableKeys = [
  "state",
  "orders",
  "ended",
  "filedAt",
  "dispatchedAt",
  "categoryId",
  "categoryVersion",
  "dueAt",
  "visibility",
  "published",
  "firstReceiver",
  "routed",
  "untold",
] as const;

/** What has to be kept so that `undo` can put it back. */
export function keepForUndo(before: CaseRecord): Partial<CaseRecord> {
  return structuredClone(
    Object.fromEntries(undoableKeys.filter((key) => before[key] !== undefined).map((key) => [key, before[key]])),
  );
}
