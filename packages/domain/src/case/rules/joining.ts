import { refuse } from "../../error/catalogue.ts";
import { deadline, record, tell, tellReporter, tellUnit, type Rule } from "../step.ts";
import { stopPause } from "./handling.ts";
import { standingOrders, type CaseRecord } from "../record.ts";
import { isEnded } from "../state.ts";
import { possibleFor } from "../permission.ts";

export const mergeInto: Rule<"mergeInto"> = (step) => {
  const { draft, command, context } = step;
  const parent = context.related?.find((each) => each.id === command.parentId);
  if (!parent) return refuse("notFound", { what: "case" });
  if (parent.id === draft.id || parent.duplicateOf || draft.duplicates.length || isEnded(parent.state))
    return refuse("mergeWithItself", {});
  const changed = structuredClone(parent);
  changed.duplicates.push(draft.id);
  changed.version += 1;
  step.others.push(changed);
  draft.duplicateOf = parent.id;
  draft.state = "duplicate";
  stopPause(draft, context.now);
  for (const order of standingOrders(draft)) order.state = "cancelled";
  tell(step, "merged", { into: parent.number, reason: command.reason });
  tell(step, "duplicateAdded", { number: draft.number }, { on: changed });
  record(step, "mergeInto", { into: parent.id });
  tellReporter(step, "merged", { into: parent.number });
  return undefined;
};

export const unmerge: Rule<"unmerge"> = (step) => {
  const { draft, command, context } = step;
  const parent = context.related?.find((each) => each.id === draft.duplicateOf);
  if (!parent) return refuse("notFound", { what: "case" });
  const changed = structuredClone(parent);
  changed.duplicates = changed.duplicates.filter((id) => id !== draft.id);
  changed.version += 1;
  step.others.push(changed);
  delete draft.duplicateOf;
  draft.state = draft.filedAt ? "filed" : "reported";
  tell(step, "unmerged", { from: parent.number, reason: command.reason });
  tellReporter(step, "unmerged");
  tell(step, "duplicateRemoved", { number: draft.number }, { on: changed });
  return undefined;
};

export const split: Rule<"split"> = (step) => {
  const { draft, command, context } = step;
  const category = context.category(command.categoryId);
  if (!category) return refuse("unknownCategory", { category: command.categoryId });
  const part: CaseRecord = {
    kind: draft.kind,
    place: draft.place,
    areaCode: draft.areaCode,
    gridId: draft.gridId,
    channel: draft.channel,
    synthetic: draft.synthetic,
    reporter: draft.reporter,
    answers: {},
    photos: [],
    reportedAt: draft.reportedAt,
    id: command.newCaseId,
    number: context.newNumber(),
    state: "reported",
    categoryId: category.id,
    categoryVersion: category.version,
    visibility: category.visibility,
    text: command.text,
    published: false,
    dueAt: deadline(context, draft.reportedAt, category),
    clock: { pausedMs: 0 },
    orders: [],
    duplicates: [],
    whistleCalls: [],
    splitFrom: draft.id,
    reopenCount: 0,
    version: 1,
  };
  step.others.push(part);
  tell(step, "split", { into: part.number, reason: command.reason });
  tell(step, "reported", { splitFrom: draft.number }, { on: part });
  record(step, "report", { categoryId: category.id, channel: draft.channel, splitFrom: draft.id }, part);
  tellReporter(step, "split", { into: part.number });
  return undefined;
};

export const whistleCall: Rule<"whistleCall"> = (step) => {
  const { draft, command, context } = step;
  for (const unitId of command.units) if (!context.hasUnit(unitId)) return refuse("unknownUnit", { unit: unitId });
  const { meetAt, place, reason } = command;
  draft.whistleCalls.push({
    id: context.newId(),
    at: context.now,
    by: context.actor.id,
    meetAt,
    place,
    reason,
    units: [...new Set(command.units)].map((unitId) => ({ unitId })),
  });
  tell(step, "whistleCalled", { units: command.units, meetAt, place, reason });
  for (const unitId of command.units) tellUnit(step, unitId, "whistleCall");
  return undefined;
};

export const answerWhistleCall: Rule<"answerWhistleCall"> = (step) => {
  const { draft, command, context, acting } = step;
  const called = draft.whistleCalls
    .find((each) => each.id === command.callId)
    ?.units.find((unit) => unit.unitId === acting.grant?.unitId);
  if (!called) return refuse("notFound", { what: "whistleCall" });
  if (called.coming !== undefined)
    return refuse("notPossibleNow", {
      state: draft.state,
      possible: possibleFor(draft).filter((type) => type !== "answerWhistleCall"),
    });
  Object.assign(called, { coming: command.coming, note: command.note, at: context.now });
  tell(step, "whistleCallAnswered", { coming: command.coming, note: command.note });
  return undefined;
};
