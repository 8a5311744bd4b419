import type { Amount } from "../calendar/workingTime.ts";

export type Question = {
  id: string;
  zh: string;
  en: string;
  kind: "text" | "number" | "choice" | "yesNo";
  required: boolean;
  choices?: { id: string; zh: string; en: string }[];
};
export type Visibility = "public" | "parties" | "confidential";

/** A category is a contract: what is asked, who answers, by when, and who may see it. Versioned data, not code. */
export type Category = {
  /** `parent.child`, e.g. `facilities.streetLights`. */
  id: string;
  version: number;
  zh: string;
  en: string;
  questions: Question[];
  promise: Amount;
  contactWithin: Amount;
  visibility: Visibility;
  /** Kind of unit that leads and kinds that assist; which unit that is follows from the area. */
  leadKind: string;
  assistKinds: string[];
  mapsTo: { open311: string; hotline?: string };
};
