import type { FollowingCommand } from "@linge/domain/case/command.ts";

export type FieldKind =
  | "text"
  | "long"
  | "unit"
  | "optionalUnit"
  | "category"
  | "time"
  | "yesNo"
  | "level"
  | "order"
  | "call"
  | "number";
type Fields = Record<string, FieldKind>;

/** What each command asks of the desk; commands without a row are given elsewhere or need nothing. */
export const commandFields: Partial<Record<FollowingCommand["type"], Fields>> = {
  requestVerification: { note: "text" },
  verify: { confirmed: "yesNo", note: "long" },
  file: {},
  decline: { reason: "long", channel: "text" },
  redirect: { reason: "long", channel: "text" },
  dispatch: { lead: "unit", assist: "optionalUnit" },
  addAssist: { unitId: "unit", note: "text" },
  accept: {},
  contact: { note: "long" },
  startHandling: {},
  respond: { answer: "long" },
  object: { reason: "long" },
  decideObjection: { orderId: "order", upheld: "yesNo", reason: "long" },
  requestExtension: { until: "time", reason: "long" },
  requestSuspension: { until: "time", reason: "long" },
  decideExtension: { orderId: "order", granted: "yesNo", reason: "long" },
  decideSuspension: { orderId: "order", granted: "yesNo", reason: "long" },
  resume: { note: "text" },
  requestCheck: { note: "text" },
  check: { passed: "yesNo", note: "long" },
  followUp: { resolved: "yesNo", satisfaction: "level", comment: "long" },
  requestReopening: { reason: "long" },
  decideReopening: { granted: "yesNo", reason: "long" },
  archive: {},
  correctCategory: { categoryId: "category", reason: "text" },
  addInformation: { text: "long" },
  addInternalNote: { text: "long" },
  void: { reason: "long" },
  mergeInto: { parentId: "number", reason: "text" },
  unmerge: { reason: "text" },
  whistleCall: { units: "unit", meetAt: "time", place: "text", reason: "long" },
  answerWhistleCall: { callId: "call", coming: "yesNo", note: "text" },
  publish: { text: "long" },
  unpublish: { reason: "text" },
  undo: {},
};

/** Fields that may stay empty. */
const optional: Partial<Record<FollowingCommand["type"], string[]>> = {
  requestVerification: ["note"],
  requestCheck: ["note"],
  resume: ["note"],
  followUp: ["comment"],
  answerWhistleCall: ["note"],
};

export function mayBeEmpty(type: FollowingCommand["type"], field: string): boolean {
  return optional[type]?.includes(field) ?? false;
}

/** Turns a filled form into the command's fields. */
export function readCommand(type: FollowingCommand["type"], form: FormData): Record<string, unknown> {
  const command: Record<string, unknown> = { type, id: crypto.randomUUID() };
  for (const [field, kind] of Object.entries(commandFields[type] ?? {})) {
    const value = String(form.get(field) ?? "").trim();
    if (kind === "yesNo") command[field] = value === "yes";
    else if (kind === "level") command[field] = Number(value);
    else if (kind === "time") command[field] = new Date(value).toISOString();
    else if (kind === "optionalUnit") command[field] = value ? [value] : [];
    else if (field === "units") command[field] = form.getAll(field);
    else if (value || !mayBeEmpty(type, field)) command[field] = value;
  }
  return command;
}
