import type { MonthlyFigures } from "@linge/domain/assessment/monthly.ts";
import type { CaseEvent } from "@linge/domain/case/event.ts";
import type { CaseRow } from "@linge/server/features/cases/queries.ts";
import type { Question } from "@linge/domain/category/category.ts";
import type { PrivacyPage } from "./privacyModel.ts";
import type { CityFigures } from "@linge/server/features/figures/city.ts";
import type { SessionRow } from "@linge/server/features/sessions/queries.ts";
import type { AlikeCase } from "@linge/server/features/suggest/similar.ts";
import type { PlanNotice, ResidentPlan } from "./plans/model.ts";

export type Language = "zh" | "en";

/** What every page needs to be drawn: who reads it and how he likes it. */
export type Shell = {
  language: Language;
  /** 长辈版: large and plain. */
  large: boolean;
  nonce: string;
  /** Where the page can be asked for again, with other preferences. */
  path: string;
  csrf?: string;
  demo: boolean;
  signedIn: boolean;
  city: { zh: string; en: string };
  /** The whole style sheet: it travels with the page. */
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
  wantsContact: string;
  /** Ids of photos that arrived already, with spaces between. */
  photos: string;
  answers: Record<string, string>;
};

export type Problem = { field: string; message: string };
export type NamedRow = CaseRow & { categoryName: string };

export type FollowCase = NamedRow & {
  fullText: string;
  answer?: string;
  ended?: { reason: string; channel?: string };
  closedAt?: string;
  /** The last moment at which it can be rated; there while it is closed and not rated. */
  rateUntil?: string;
  ratingOpen: boolean;
  rating?: { resolved: boolean; satisfaction: number; comment?: string };
  reopening?: { reason: string; decided?: { granted: boolean; reason: string } };
  suspendedSince?: string;
  suspendedBecause?: string;
  extendedBecause?: string;
  contactBy?: string;
  assisting: string[];
  /** Number of the case that this one was joined with. */
  parent?: string;
  photos: string[];
};

export type PortalPage = Shell &
  (
    | { page: "home"; recent: NamedRow[]; counts: { open: number; closed30: number }; plans: PlanNotice[] }
    | { page: "what"; draft: Draft; problem?: Problem }
    | { page: "where"; draft: Draft; areas: Option[]; problem?: Problem }
    | {
        page: "more";
        draft: Draft;
        suggested: Option[];
        categories: { family: string; options: Option[] }[];
        questions: Question[];
        similar: AlikeCase[];
        problem?: Problem;
      }
    | {
        page: "done";
        number: string;
        link: string;
        whole: string;
        qr: string;
        dueAt: string;
        wantsContact: boolean;
        /** Last digits of the telephone that was left: with the number they open the case again. */
        digits?: string;
      }
    | {
        page: "follow";
        case: FollowCase;
        timeline: CaseEvent[];
        token: string;
        /** Makes sending a form of this page twice harmless. */
        commandId: string;
        can: string[];
        /** How often somebody looked at who reported. */
        looks: number;
        /** What was filled in when a form was refused, and which form that was. */
        typed: Record<string, string>;
        at?: string;
        notice?: string;
        problem?: Problem;
        unitNames: Record<string, string>;
      }
    | { page: "find"; problem?: Problem; number: string }
    | {
        page: "list";
        items: NamedRow[];
        next?: string;
        q: string;
        area: string;
        category: string;
        areas: Option[];
        categories: { family: string; options: Option[] }[];
      }
    | {
        page: "case";
        case: NamedRow & { photos: string[] };
        timeline: CaseEvent[];
        unitNames: Record<string, string>;
      }
    | { page: "figures"; figures: CityFigures; unitNames: Record<string, string>; months: string[] }
    | {
        page: "month";
        figures: MonthlyFigures;
        together: CityFigures["together"];
        publishedAt: string;
        /** Whether the figures have their place in the log. */
        inLog: boolean;
        /** Address of the log. */
        log: string;
        unitNames: Record<string, string>;
      }
    | { page: "about" }
    | { page: "plans"; plans: PlanNotice[] }
    | { page: "plan"; plan: ResidentPlan; commandId: string; problem?: Problem; text?: string }
    | { page: "signIn"; phone: string; sent: boolean; problem?: Problem }
    | { page: "me"; items: (NamedRow & { token: string })[]; sessions: SessionRow[] }
    | { page: "message"; title: string; text: string; small?: string }
    | PrivacyPage
    | { page: "openData"; months: { month: string; revision: number; cells: number }[]; least: number; address: string }
  );

export type PageOf<T extends PortalPage["page"]> = Extract<PortalPage, { page: T }>;

/** A part of a page that is asked for on its own: the questions of a category. */
export type QuestionsPart = { language: Language; questions: Question[] };
