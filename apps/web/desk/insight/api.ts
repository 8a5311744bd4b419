import type { CompareAnswer } from "@linge/server/features/insight/compareAreas.ts";
import type { Replay } from "@linge/server/features/insight/replay.ts";
import type { ShownEpisode } from "@linge/server/features/insight/routes.ts";
import { call, type CaseRow } from "../api.ts";

export type { CompareAnswer, Replay, ShownEpisode };
export type EpisodeList = {
  budget: number;
  lastRun?: { day: string; at: string; streams: number };
  episodes: ShownEpisode[];
};
export type ReplayAnswer = { running?: { done: number; of: number }; last?: Replay & { at: string } };

export const insight = {
  episodes: () => call<EpisodeList>("GET", "/api/insight/episodes"),
  episode: (id: string) => call<{ episode: ShownEpisode; cases: CaseRow[] }>("GET", `/api/insight/episodes/${id}`),
  decide: (id: string, decision: { outcome: string; note: string; ownerUnit?: string }) =>
    call<{ episode: ShownEpisode }>("PUT", `/api/insight/episodes/${id}/decision`, decision),
  scan: () => call<unknown>("POST", "/api/insight/scan", {}),
  setBudget: (perMonth: number) => call<{ budget: number }>("PUT", "/api/insight/budget", { perMonth }),
  comparison: (within: string, days: number) =>
    call<CompareAnswer>("GET", `/api/insight/comparison?days=${days}&within=${within}`),
  replay: () => call<ReplayAnswer>("GET", "/api/insight/replay"),
  startReplay: (days: number, budget: number) => call<ReplayAnswer>("POST", "/api/insight/replay", { days, budget }),
  stopReplay: () => call<void>("DELETE", "/api/insight/replay"),
  areas: (parent: string) =>
    call<{ areas: { code: string; zh: string; en: string }[] }>("GET", `/api/areas?parent=${parent}`),
  lines: (within: string) =>
    call<{ features: GridFeature[] }>("GET", `/api/areas/geometry?level=grid&within=${within}`),
};
export type GridFeature = {
  properties: { code: string; zh: string; en: string };
  geometry: { coordinates: [number, number][][][] } | null;
};
