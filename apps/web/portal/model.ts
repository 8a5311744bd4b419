import type { CaseEvent } from "@linge/domain/case/event.ts";
import type { CaseRow } from "@linge/server/features/cases/queries.ts";
import type { Question } from "@linge/domain/category/category.ts";
import type { PrivacyPage } from "./privacyModel.ts";

export type Language = "zh" | "en";

/** What every page needs to be drawn: who reads it and how he likes it. */
export type Shell = {
  language: Language;
  /** 长辈版: large and plain. */
  large: boolean;
  nonce: string;
  path: string;
  csrf?: string;
  demo: boolean;
  signedIn: boolean;
  city: { zh: string; en: string };
  styles: string;
  script: string;
};

export type Option = { value: string; label: string };

/** What a report has gathered so far; travels from step to step in hidden fields, so nothing is kept of an unfinished one. */
export type Draft = {
  id: string;
  caseId: string;
  text: string;
  kind: string;
  categoryId: string;
  lon: string;
  lat: string;
  placeName: string;
  area: string;
  unknown: string;
  name: string;
  phone: string;
};

export type Problem = { field: string; message: string };

export type FollowCase = CaseRow & {
  fullText: string;
  categoryName: string;
  answer?: string;
  ended?: { reason: string; channel?: string };
  closedAt?: string;
  ratingOpen: boolean;
  rating?: { resolved: boolean; satisfaction: number; comment?: string };
  reopening?: { reason: string; decided?: { granted: boolean; reason: string } };
  suspendedSince?: string;
  photos: string[];
};

export type PortalPage = Shell &
  (
    | { page: "home"; recent: (CaseRow & { categoryName: string })[]; counts: { open: number; closed30: number } }
    | { page: "what"; draft: Draft; problem?: Problem }
    | { page: "where"; draft: Draft; areas: Option[]; problem?: Problem }
    | {
        page: "more";
        draft: Draft;
        suggested: Option[];
        categories: { family: string; options: Option[] }[];
        questions: Question[];
        problem?: Problem;
      }
    | { page: "done"; number: string; link: string; qr: string; dueAt: string; wantsContact: boolean }
    | {
        page: "follow";
        case: FollowCase;
        timeline: CaseEvent[];
        token: string;
        can: string[];
        /** How often somebody looked at who reported. */
        looks: number;
        notice?: string;
        problem?: Problem;
        unitNames: Record<string, string>;
      }
    | { page: "find"; problem?: Problem; number: string }
    | {
        page: "list";
        items: (CaseRow & { categoryName: string })[];
        next?: string;
        q: string;
        area: string;
        areas: Option[];
      }
    | {
        page: "case";
        case: CaseRow & { categoryName: string };
        timeline: CaseEvent[];
        unitNames: Record<string, string>;
      }
    | { page: "figures"; rows: { name: string; due: number; onTime: number; answered: number; resolved: number }[] }
    | { page: "about" }
    | { page: "signIn"; phone: string; sent: boolean; problem?: Problem }
    | { page: "me"; items: (CaseRow & { categoryName: string; token: string })[] }
    | { page: "message"; title: string; text: string }
    | PrivacyPage
    | { page: "openData"; months: { month: string; revision: number; cells: number }[]; least: number }
  );

export type PageOf<T extends PortalPage["page"]> = Extract<PortalPage, { page: T }>;
