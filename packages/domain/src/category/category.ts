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

/** The upper of the two levels: what a city's categories are grouped under. */
export type Family = { id: string; zh: string; en: string };

/** Who leads and assists in one part of the territory, where the kinds of unit do not say it: unit ids, or `kind:…`. */
export type PerArea = { area: string; lead: string; assist: string[] };

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
  perArea?: PerArea[];
  /** Calendar of its promise; the city's first where none is named. */
  calendarId?: string;
  /** Not offered any more; cases that have it keep it. */
  retired?: boolean;
  mapsTo: { open311: string; hotline?: string };
};
