import type { FollowingCommand } from "@linge/domain/case/command.ts";
import { placeSent, type Place } from "./place.ts";

export type FieldKind =
  | "text"
  | "long"
  | "unit"
  | "units"
  | "how"
  | "place"
  | "category"
  | "time"
  | "yesNo"
  | "level"
  | "order"
  | "call"
  | "photos"
  | "number";
type Fields = Record<string, FieldKind>;

/** What each command asks of the desk; commands without a row are given elsewhere or need nothing. */
export const commandFields: Partial<Record<FollowingCommand["type"], Fields>> = {
  requestVerification: { note: "text" },
  verify: { confirmed: "yesNo", note: "long" },
  file: {},
  decline: { reason: "long", channel: "text" },
  redirect: { reason: "long", channel: "text" },
  dispatch: { lead: "unit", assist: "units" },
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
  inform: { how: "how", note: "long" },
  requestCheck: { note: "text" },
  check: { passed: "yesNo", note: "long" },
  followUp: { resolved: "yesNo", satisfaction: "level", comment: "long" },
  requestReopening: { reason: "long" },
  decideReopening: { granted: "yesNo", reason: "long" },
  archive: {},
  correctCategory: { categoryId: "category", reason: "text" },
  correctPlace: { place: "place", reason: "text" },
  addInformation: { text: "long" },
  addInternalNote: { text: "long" },
  void: { reason: "long" },
  mergeInto: { parentId: "number", reason: "text" },
  unmerge: { reason: "text" },
  split: { text: "long", categoryId: "category", reason: "text" },
  removeIdentity: { reason: "text" },
  whistleCall: { units: "units", meetAt: "time", place: "text", reason: "long" },
  answerWhistleCall: { callId: "call", coming: "yesNo", note: "text" },
  publish: { text: "long", photos: "photos" },
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

/** What leads a case on, in the order in which it is usually done; the rest is there when it is needed. */
const leading: FollowingCommand["type"][] = [
  "file",
  "dispatch",
  "accept",
  "contact",
  "startHandling",
  "respond",
  "check",
  "inform",
  "followUp",
  "decideObjection",
  "decideExtension",
  "decideSuspension",
  "decideReopening",
  "answerWhistleCall",
  "verify",
  "resume",
  "publish",
  "decline",
  "redirect",
];

export function isLeading(type: FollowingCommand["type"]): boolean {
  return leading.includes(type);
}

type Weighed = { type: FollowingCommand["type"] };
const weight = ({ type }: Weighed): number => (isLeading(type) ? leading.indexOf(type) : leading.length);

/** Leading commands first. */
export function byWeight(a: Weighed, b: Weighed): number {
  return weight(a) - weight(b);
}

/** Turns a filled form into the command's fields. */
export function readCommand(type: FollowingCommand["type"], form: FormData, place?: Place): Record<string, unknown> {
  const command: Record<string, unknown> = { type, id: crypto.randomUUID() };
  if (type === "split") command.newCaseId = crypto.randomUUID();
  for (const [field, kind] of Object.entries(commandFields[type] ?? {})) {
    const value = String(form.get(field) ?? "").trim();
    if (kind === "yesNo") command[field] = value === "yes";
    else if (kind === "level") command[field] = Number(value);
    else if (kind === "time") command[field] = new Date(value).toISOString();
    else if (kind === "units" || kind === "photos") command[field] = form.getAll(field);
    else if (kind === "place") Object.assign(command, placeSent(place ?? {}));
    else if (value || !mayBeEmpty(type, field)) command[field] = value;
  }
  return command;
}
