import type { RowProblem } from "../settings/problem.ts";
import { texts } from "./texts.ts";

export type Language = "zh" | "en";
export type ErrorParams = Record<string, string | number | readonly string[] | readonly RowProblem[]>;

/** A refusal as a value: stable code, parameters, and the HTTP status it travels with. */
export type LingeError = { code: ErrorCode; status: number; params: ErrorParams };

/** Every way to be refused, with its HTTP status. Texts are in texts.ts: what happened, what was kept, what to do. */
export const statuses = {
  malformedJson: 400,
  malformedForm: 400,
  invalidInput: 400,
  unsupportedMedia: 415,
  unusablePhoto: 422,
  unusableRecording: 422,
  tooLarge: 413,
  tooManyRequests: 429,
  signInNeeded: 401,
  wrongSignIn: 401,
  secondFactorNeeded: 401,
  wrongCode: 401,
  codesTooOften: 429,
  passwordTriesOver: 429,
  newPasswordNeeded: 403,
  weakPassword: 422,
  notAllowed: 403,
  forgedForm: 403,
  outOfScope: 403,
  ownRights: 403,
  lastAdministrator: 409,
  wrongReach: 422,
  loginTaken: 409,
  notFound: 404,
  linkExpired: 410,
  idUsedDifferently: 409,
  changedMeanwhile: 409,
  notPossibleNow: 409,
  sameUnit: 403,
  alreadyDecided: 409,
  reasonNeeded: 422,
  textTooLong: 422,
  consentNeeded: 422,
  unknownCategory: 422,
  unknownUnit: 422,
  unknownArea: 422,
  placeOutside: 422,
  timeImplausible: 422,
  ratingClosed: 409,
  mergeWithItself: 422,
  undoTooLate: 409,
  contactFirst: 409,
  objectionOpen: 409,
  notLater: 422,
  unitAlreadyWorks: 409,
  unusableRows: 422,
  unusablePlan: 422,
  planBreaksCover: 409,
  planNotShared: 409,
  territoryUnusable: 422,
  territoryHasFaults: 409,
  purposeNeeded: 422,
  ownReading: 403,
  onHold: 409,
  requestOpen: 409,
  dryRunFirst: 409,
  issueNotNow: 409,
  partsOpen: 409,
  planTooEarly: 422,
  planStateChanged: 409,
  commentDayOutOfRange: 422,
  commentsUnanswered: 422,
  commentsClosed: 409,
  databaseUnavailable: 503,
  storageFull: 507,
  internal: 500,
} as const;

export type ErrorCode = keyof typeof statuses;

/** Makes a refusal of the catalogue. */
export function refuse(code: ErrorCode, params: ErrorParams): LingeError {
  return { code, status: statuses[code], params };
}

/** The refusal in words, for the person who met it. */
export function explain(error: LingeError, language: Language): string {
  return texts[language][error.code](error.params);
}
