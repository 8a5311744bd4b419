import type { Grant } from "@linge/domain/access/scope.ts";
import type { Allowed } from "@linge/domain/case/decide.ts";
import type { CaseEvent } from "@linge/domain/case/event.ts";
import type { CaseRecord } from "@linge/domain/case/record.ts";
import type { Category, Family } from "@linge/domain/category/category.ts";
import type { LingeError } from "@linge/domain/error/catalogue.ts";
import type { Unit } from "@linge/domain/routing/rule.ts";
import type { RouteDecision } from "@linge/domain/routing/route.ts";
import type { ReplyTemplate } from "@linge/domain/settings/documents.ts";
import type { CaseRow } from "@linge/server/features/cases/queries.ts";
import type { Overview } from "@linge/server/features/overview/queries.ts";
import type { SavedView } from "@linge/server/features/views/routes.ts";

export type Session = {
  person?: { id: string; name: string; login: string; grants: Grant[]; unit?: { id: string; zh: string; en: string } };
  csrf?: string;
  demo: boolean;
  city: { code: string; zh: string; en: string };
  /** Name of the city's identity provider, where it has one. */
  identityProvider?: string;
};
export type Queue = { key: string; count: number };
/** What a list is narrowed by; also what a saved view keeps. */
export type CaseFilter = SavedView["filter"];
/** What is suggested while somebody writes. */
export type Suggested = {
  categories: { id: string; share: number }[];
  duplicates: { id?: string; number: string; text: string; reportedAt: string }[];
};
export type CaseView = {
  case: CaseRecord;
  row: CaseRow;
  timeline: CaseEvent[];
  allowed: Allowed[];
  routing: RouteDecision;
  neighbours: CaseRow[];
  similar: CaseRow[];
  path: { code: string; zh: string; en: string }[];
};
export type BulkResult = { caseId: string; ok: boolean; error?: LingeError };
export type { CaseRow, Category, Unit, LingeError };

/** An answer that refuses, with the words to show. */
export class ApiError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

let csrf = "";

/** Asks the server; a refusal is thrown with its words. */
export async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (body !== undefined) headers["content-type"] = "application/json";
  if (csrf) headers["x-linge-csrf"] = csrf;
  const response = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  if (response.status === 204) return undefined as T;
  const answer = await response.json().catch(() => ({ error: { code: "internal", message: response.statusText } }));
  if (!response.ok) throw new ApiError(answer.error.code, answer.error.message);
  return answer as T;
}

export const api = {
  async session(): Promise<Session> {
    const session = await call<Session>("GET", "/api/session");
    csrf = session.csrf ?? "";
    return session;
  },
  signIn: (words: { login: string; password: string; totp?: string; newPassword?: string }) =>
    call<{ csrf: string }>("POST", "/api/session", words),
  signOut: () => call<void>("DELETE", "/api/session"),
  queues: () => call<{ queues: Queue[] }>("GET", "/api/queues"),
  cases: (filter: Record<string, string>) =>
    call<{ items: CaseRow[]; next?: string }>("GET", `/api/cases?${new URLSearchParams(filter)}`),
  case: (id: string) => call<CaseView>("GET", `/api/cases/${id}`),
  command: (id: string, command: object) => call<{ case: CaseRecord }>("POST", `/api/cases/${id}/commands`, command),
  bulk: (preview: boolean, caseIds: string[], command: object) =>
    call<{ results: BulkResult[] }>("POST", "/api/cases/bulk", { preview, caseIds, command }),
  report: (command: object) => call<{ number: string; id: string; link: string }>("POST", "/api/cases", command),
  reporter: (id: string, look: { id: string; purpose: string; note?: string }) =>
    call<{ reporter: CaseRecord["reporter"]; text: string }>("POST", `/api/cases/${id}/reporter`, look),
  categories: () => call<{ categories: Category[]; families: Family[] }>("GET", "/api/categories"),
  units: () => call<{ units: Unit[] }>("GET", "/api/units"),
  templates: () => call<{ templates: ReplyTemplate[] }>("GET", "/api/templates"),
  views: () => call<{ views: SavedView[] }>("GET", "/api/views"),
  saveViews: (views: SavedView[]) => call<{ views: SavedView[] }>("PUT", "/api/views", { views }),
  overview: () => call<Overview>("GET", "/api/overview"),
  suggest: (words: Record<string, string>) => call<Suggested>("GET", `/api/suggest?${new URLSearchParams(words)}`),
};
