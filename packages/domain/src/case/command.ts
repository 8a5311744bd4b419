import type { CaseKind, CasePlace, Channel, Reporter, Satisfaction } from "./record.ts";

/** What every command carries: a client-made UUID that makes sending it twice harmless, and the client's clock. */
type Base = { id: string; caseId: string; at?: string };

export type ReportCommand = Base & {
  type: "report";
  kind: CaseKind;
  categoryId: string;
  text: string;
  place: CasePlace;
  /** Found by the server from the place, or chosen where the place is not known. */
  areaCode: string;
  gridId?: string;
  channel: Channel;
  synthetic?: boolean;
  reporter?: Reporter;
  answers?: Record<string, string | number | boolean>;
  photos?: string[];
  /** Voice notes, by the ids under which they are uploaded. */
  recordings?: string[];
};

type Reasoned = { reason: string };

export type FollowingCommand = Base &
  (
    | { type: "requestVerification"; note?: string }
    | { type: "verify"; confirmed: boolean; note: string; photos?: string[]; recordings?: string[] }
    | { type: "file"; categoryId?: string }
    | ({ type: "decline" | "redirect"; channel: string } & Reasoned)
    | { type: "dispatch"; lead: string; assist: string[] }
    | { type: "addAssist"; unitId: string; note: string }
    | { type: "accept"; orderId?: string }
    | { type: "contact"; orderId?: string; note: string }
    | { type: "startHandling"; orderId?: string }
    | { type: "respond"; orderId?: string; answer: string; photos?: string[] }
    | ({ type: "object"; orderId?: string } & Reasoned)
    | ({ type: "decideObjection"; orderId: string; upheld: boolean } & Reasoned)
    | ({ type: "requestExtension" | "requestSuspension"; orderId?: string; until: string } & Reasoned)
    | ({ type: "decideExtension" | "decideSuspension"; orderId: string; granted: boolean } & Reasoned)
    | { type: "resume"; orderId?: string; note?: string }
    | { type: "requestCheck"; note?: string }
    | { type: "check"; passed: boolean; note: string }
    | { type: "inform"; how: "call" | "letter" | "visit"; note: string }
    | { type: "confirmResolved" }
    | { type: "rate"; resolved: boolean; satisfaction: Satisfaction; comment?: string; photos?: string[] }
    | { type: "followUp"; resolved: boolean; satisfaction: Satisfaction; comment?: string }
    | ({ type: "requestReopening"; photos?: string[] } & Reasoned)
    | ({ type: "decideReopening"; granted: boolean } & Reasoned)
    | { type: "archive" }
    | ({ type: "correctCategory"; categoryId: string } & Reasoned)
    | ({ type: "correctPlace"; place: CasePlace; areaCode: string; gridId?: string } & Reasoned)
    | { type: "addInformation"; text: string; photos?: string[]; recordings?: string[] }
    | { type: "addInternalNote"; text: string }
    | ({ type: "withdraw" } & Reasoned)
    | ({ type: "void" } & Reasoned)
    | ({ type: "mergeInto"; parentId: string } & Reasoned)
    | ({ type: "unmerge" } & Reasoned)
    | ({ type: "split"; newCaseId: string; text: string; categoryId: string } & Reasoned)
    | ({ type: "whistleCall"; units: string[]; meetAt: string; place: string } & Reasoned)
    | { type: "answerWhistleCall"; callId: string; coming: boolean; note: string }
    | { type: "publish"; text: string; photos?: string[] }
    | ({ type: "unpublish" } & Reasoned)
    | ({ type: "removeIdentity" } & Reasoned)
    | { type: "cutRatingLink" }
    | { type: "undo" }
  );

/** The only ways in which a case changes; the same from desk, portal, Open311, import and a phone that was offline. */
export type CaseCommand = ReportCommand | FollowingCommand;
export type CommandType = CaseCommand["type"];
type Named<C, T> = C extends { type: infer U } ? (T extends U ? C : never) : never;
/** The command of a type. */
export type CommandOf<T extends CommandType> = Named<CaseCommand, T>;
