import type { RowChange } from "@linge/domain/settings/compare.ts";
import type { DocumentKind, Row } from "@linge/domain/settings/documents.ts";
import type { RowProblem } from "@linge/domain/settings/problem.ts";
import type { DryRun } from "@linge/server/features/settings/dryRun.ts";
import type { SavedVersion } from "@linge/server/features/settings/versions.ts";
import { call } from "../api.ts";

export type { DryRun, RowChange, RowProblem, SavedVersion };
export type Saved = { version: number; document: Row[]; savedAt: string; savedBy?: string };
export type Preview = { document: Row[]; problems: RowProblem[]; changes: RowChange[] };

const path = (kind: DocumentKind): string => `/api/admin/${kind === "routingRules" ? "routing-rules" : kind}`;

/** What an administrator's pages ask the server for. */
export const settingsApi = {
  read: (kind: DocumentKind) => call<Saved>("GET", path(kind)),
  save: (kind: DocumentKind, version: number, document: Row[], note: string) =>
    call<Saved>("PUT", path(kind), { version, document, ...(note && { note }) }),
  check: (kind: DocumentKind, document: Row[]) =>
    call<{ problems: RowProblem[] }>("POST", `${path(kind)}/check`, { document }),
  preview: (kind: DocumentKind, format: "csv" | "json", text: string) =>
    call<Preview>("POST", `${path(kind)}/preview`, { format, text }),
  versions: (kind: DocumentKind) => call<{ versions: SavedVersion[] }>("GET", `${path(kind)}/versions`),
  version: (kind: DocumentKind, version: number) =>
    call<{ document: Row[]; changes: RowChange[] }>("GET", `${path(kind)}/versions/${version}`),
  dryRun: (kind: DocumentKind, document: Row[], most: number) =>
    call<DryRun>("POST", `${path(kind)}/dry-run`, { document, most }),
  exportPath: (kind: DocumentKind, format: "csv" | "json") => `${path(kind)}/export?format=${format}`,
};
