import type { CommandType } from "./command.ts";
import type { CaseRecord } from "./record.ts";

/** Something that happened to a case: append-only, told in the past tense of its command. */
export type CaseEvent = {
  id: string;
  caseId: string;
  type: string;
  at: string;
  actorId: string;
  actorRole: string;
  unitId?: string;
  data: Record<string, unknown>;
  visible: "everyone" | "reporter" | "staff";
};

/** Somebody to tell, with the text's key; how he is reached is not the rule's business. */
export type Notice = {
  to:
    | { kind: "reporter"; caseId: string }
    | { kind: "unit"; unitId: string }
    | { kind: "desk"; areaCode: string }
    | { kind: "grid"; areaCode: string };
  key: string;
  params: Record<string, string>;
};

/** A public fact about a case: becomes one leaf of the transparency log, as a salted commitment. */
export type PublicFact = { kind: string; subject: string; at: string; data: Record<string, unknown> };

export type Decided = {
  ok: true;
  record: CaseRecord;
  others: CaseRecord[];
  events: CaseEvent[];
  notices: Notice[];
  facts: PublicFact[];
};

/** Commands whose event is also a fact of the transparency log, with the fact's name (see the ledger). */
export const factOf: Partial<Record<CommandType | "close", string>> = {
  report: "reported",
  file: "filed",
  dispatch: "dispatched",
  accept: "accepted",
  contact: "contacted",
  respond: "handled",
  check: "checked",
  close: "closed",
  rate: "rated",
  followUp: "rated",
  decideObjection: "objectionDecided",
  decideReopening: "reopened",
  decline: "declined",
  redirect: "declined",
  mergeInto: "merged",
  void: "voided",
  withdraw: "voided",
  removeIdentity: "identityRemoved",
};
