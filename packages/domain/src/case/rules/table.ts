import type { FollowingCommand } from "../command.ts";
import type { Rule } from "../step.ts";
import * as closing from "./closing.ts";
import * as correcting from "./correcting.ts";
import * as handling from "./handling.ts";
import * as joining from "./joining.ts";
import * as opening from "./opening.ts";

const { addAssist, decline, dispatch, file, redirect, requestVerification, verify } = opening;
const {
  accept,
  contact,
  decideExtension,
  decideObjection,
  decideSuspension,
  object,
  requestExtension,
  requestSuspension,
  respond,
  resume,
  startHandling,
} = handling;
const { archive, check, confirmResolved, decideReopening, followUp, inform, rate, requestCheck, requestReopening } =
  closing;
const {
  addInformation,
  addInternalNote,
  correctCategory,
  correctPlace,
  cutRatingLink,
  publish,
  removeIdentity,
  undo,
  unpublish,
  withdraw,
} = correcting;
const { answerWhistleCall, mergeInto, split, unmerge, whistleCall } = joining;

/** One rule for each command; the compiler sees to it that none is missing. */
export const rules: { [T in FollowingCommand["type"]]: Rule<T> } = {
  requestVerification,
  verify,
  file,
  decline,
  redirect,
  dispatch,
  addAssist,
  accept,
  contact,
  startHandling,
  respond,
  object,
  decideObjection,
  requestExtension,
  decideExtension,
  requestSuspension,
  decideSuspension,
  resume,
  requestCheck,
  check,
  inform,
  confirmResolved,
  rate,
  followUp,
  requestReopening,
  decideReopening,
  archive,
  correctCategory,
  correctPlace,
  addInformation,
  addInternalNote,
  withdraw,
  void: correcting.void,
  publish,
  unpublish,
  removeIdentity,
  cutRatingLink,
  undo,
  mergeInto,
  unmerge,
  split,
  whistleCall,
  answerWhistleCall,
};
