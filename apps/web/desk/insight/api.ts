import type { Outcome } from "@linge/domain/insight/record.ts";
import type { AlarmRecord } from "@linge/domain/insight/record.ts";
import type { HistoryVerdict } from "@linge/domain/insight/history.ts";
import type { Looks } from "@linge/domain/insight/finding.ts";
import type { ScanOptions } from "@linge/domain/insight/options.ts";
import type { Judgement } from "@linge/domain/insight/replaying.ts";
import type { Residents } from "@linge/domain/insight/residents.ts";
import type { ReportSchedule } from "@linge/domain/insight/schedule.ts";
import type { MaskedCase } from "@linge/server/features/insight/episodeCases.ts";
import type { IssuePage, ShownIssue } from "@linge/server/features/insight/issues.ts";
import type { LastReplay } from "@linge/server/features/insight/replayRoutes.ts";
import type { Report, ReportDocument, ReportLine } from "@linge/server/features/insight/reports.ts";
import type { ShownEpisode } from "@linge/server/features/insight/shown.ts";
import type { Cell, Summary } from "@linge/server/features/insight/summary.ts";
import { call } from "../api.ts";

export type { Cell, IssuePage, Judgement, LastReplay, MaskedCase, Report, ReportDocument, ReportLine };
export type { AlarmRecord, HistoryVerdict, ReportSchedule, ScanOptions, ShownEpisode, ShownIssue, Summary };

export type Progress = { done: number; of: number };
export type EpisodeList = {
  budget: number;
  lastRun?: { day: string; at: string; looks: Looks };
  history: HistoryVerdict;
  running?: Progress;
  problem?: string;
  record: AlarmRecord;
  episodes: ShownEpisode[];
};
export type EpisodePage = {
  episode: ShownEpisode;
  cases: MaskedCase[];
  days: { day: string; count: number }[];
  history: { type: string; at: string; data: { day?: string; observed?: number; outcome?: Outcome; note?: string } }[];
};
export type BudgetPage = {
  perMonth: number;
  options: ScanOptions;
  replayed?: { from: string; to: string; looks: Looks; budgets: Judgement[] };
  record: AlarmRecord;
  reallyFalse?: { perMonth: number; interval: [number, number] };
  history: HistoryVerdict;
};
export type ReplayPage = { running?: Progress; problem?: string; budget: number; last?: LastReplay };
export type Feature = {
  properties: { code: string; zh: string; en: string; indicative: boolean };
  geometry: { coordinates: [number, number][][][] } | null;
};

/** A command with an id of its own: sent twice it is done once. */
const once = (fields: object): object => ({ id: crypto.randomUUID(), ...fields });

export const insight = {
  episodes: () => call<EpisodeList>("GET", "/api/insight/episodes"),
  episode: (id: string) => call<EpisodePage>("GET", `/api/insight/episodes/${id}`),
  decide: (id: string, decision: { outcome: string; note: string; ownerUnit?: string }) =>
    call<{ episode: ShownEpisode }>("PUT", `/api/insight/episodes/${id}/decision`, once(decision)),
  scan: () => call<unknown>("POST", "/api/insight/scan", {}),
  budget: () => call<BudgetPage>("GET", "/api/insight/budget"),
  setBudget: (perMonth: number) => call<{ budget: number }>("PUT", "/api/insight/budget", once({ perMonth })),
  setOptions: (options: ScanOptions) =>
    call<{ options: ScanOptions }>("PUT", "/api/insight/options", once({ options })),
  comparison: (within: string, days: number) =>
    call<Summary>("GET", `/api/insight/comparison?days=${days}&within=${within}`),
  residents: () => call<{ residents: Residents[] }>("GET", "/api/insight/residents"),
  setResidents: (residents: Residents[]) =>
    call<{ residents: Residents[] }>("PUT", "/api/insight/residents", once({ residents })),
  replay: () => call<ReplayPage>("GET", "/api/insight/replay"),
  startReplay: (days: number) => call<unknown>("POST", "/api/insight/replay", { days }),
  stopReplay: () => call<void>("DELETE", "/api/insight/replay"),
  reports: () => call<{ schedule: ReportSchedule; reports: ReportLine[] }>("GET", "/api/insight/reports"),
  report: (id: string) => call<Report>("GET", `/api/insight/reports/${id}`),
  setSchedule: (schedule: ReportSchedule) =>
    call<{ schedule: ReportSchedule }>("PUT", "/api/insight/schedule", once({ schedule })),
  issues: () => call<{ issues: ShownIssue[] }>("GET", "/api/insight/issues"),
  issue: (id: string) => call<IssuePage>("GET", `/api/insight/issues/${id}`),
  openIssue: (issue: object) => call<{ id: string }>("POST", "/api/insight/issues", once(issue)),
  stepIssue: (id: string, step: object) => call<IssuePage>("POST", `/api/insight/issues/${id}/commands`, once(step)),
  areas: (parent: string) =>
    call<{ areas: { code: string; zh: string; en: string }[] }>("GET", `/api/areas?parent=${parent}`),
  lines: (level: "county" | "township" | "community" | "grid", within: string) =>
    call<{ features: Feature[] }>("GET", `/api/areas/geometry?level=${level}&within=${within}`),
};
