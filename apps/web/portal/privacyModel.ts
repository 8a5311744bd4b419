import type { OwnLook } from "@linge/server/features/privacy/looks.ts";
import type { OwnData } from "@linge/server/features/privacy/export.ts";
import type { OwnCase } from "@linge/server/features/privacy/own.ts";
import type { RequestKind } from "@linge/domain/privacy/request.ts";

export type OwnRequest = {
  id: string;
  kind: RequestKind;
  number?: string;
  text: string;
  at: string;
  dueAt: string;
  decided?: { outcome: string; answer: string; at: string };
};
export type NoticePurpose = {
  name: string;
  necessity: string;
  safeguards: string;
  kept: { what: string; days?: number; until?: string }[];
};

/** Pages about one's own data. `base` is where its forms and files are: `/me` or the address of one case. */
export type PrivacyPage =
  | {
      page: "privacy";
      base: string;
      looks: OwnLook[];
      requests: OwnRequest[];
      cases: OwnCase[];
      /** Fresh ids for the forms, so that sending one twice does it once. */
      freshId: string;
      identityDays: number;
      answerDays: number;
      unitNames: Record<string, string>;
      notice?: string;
      problem?: { field: string; message: string };
    }
  | { page: "ownData"; base: string; data: OwnData; unitNames: Record<string, string> }
  | { page: "privacyNotice"; purposes: NoticePurpose[] };
