import type { RetentionKey } from "@linge/domain/privacy/retention.ts";
import { caseFile, caseIdentity, ratingLink } from "./cases.ts";
import type { RetentionWork } from "./kind.ts";
import { accessRecords, commands, dataRequests, residentProfile, signIn, unusedPhotos } from "./people.ts";
import { visitNotes } from "./visits.ts";

/** What the job carries out, in this order: a rating is cut before the identity goes, an identity before the file. */
export const works: readonly RetentionWork[] = [
  ratingLink,
  caseIdentity,
  caseFile,
  residentProfile,
  accessRecords,
  dataRequests,
  unusedPhotos,
  signIn,
  commands,
  visitNotes,
];

/** Kinds whose tables do not exist yet, by the table that will carry them: once it is there, a work has to be too. */
export const toCome: Partial<Record<RetentionKey, string>> = {
  emergencyData: "emergency_needs",
  chatExtracts: "chat_extracts",
};
