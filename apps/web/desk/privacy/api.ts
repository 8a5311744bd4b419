import type { RetentionKey, RetentionRule, RetentionRun } from "@linge/domain/privacy/retention.ts";
import type { ShownHold } from "@linge/server/features/privacy/holds.ts";
import type { ListedLook } from "@linge/server/features/privacy/looks.ts";
import type { Processing } from "@linge/server/features/privacy/processing.ts";
import type { ShownReading } from "@linge/server/features/privacy/readings.ts";
import type { ShownRequest } from "@linge/server/features/privacy/requests.ts";
import type { PrivacySettings } from "@linge/server/features/privacy/settings.ts";
import { call } from "../api.ts";

export type { ListedLook, PrivacySettings, Processing, ShownHold, ShownReading, ShownRequest };
export type RetentionState = {
  settings: { version: number; document: PrivacySettings };
  rules: Record<RetentionKey, RetentionRule>;
  carriedOut: RetentionKey[];
  runs: RetentionRun[];
  holds: ShownHold[];
};
const id = () => crypto.randomUUID();

export const privacy = {
  looks: (filter: Record<string, string>) =>
    call<{ items: ListedLook[]; next?: string }>("GET", `/api/privacy/looks?${new URLSearchParams(filter)}`),
  readings: () => call<{ readings: ShownReading[] }>("GET", "/api/privacy/readings"),
  review: (reading: string, outcome: string, note: string) =>
    call<{ readings: ShownReading[] }>("POST", "/api/privacy/readings/decisions", { id: id(), reading, outcome, note }),
  requests: () => call<{ requests: ShownRequest[] }>("GET", "/api/privacy/requests"),
  decide: (request: string, decision: { outcome: string; answer: string; name?: string; phone?: string }) =>
    call<{ request: ShownRequest }>("POST", `/api/privacy/requests/${request}/decision`, { id: id(), ...decision }),
  retention: () => call<RetentionState>("GET", "/api/privacy/retention"),
  run: (dry: boolean) => call<RetentionState>("POST", "/api/privacy/retention/runs", { id: id(), dry }),
  hold: (hold: { number: string; reason: string; basis: string; until: string }) =>
    call<RetentionState>("POST", "/api/privacy/holds", { id: id(), ...hold }),
  endHold: (hold: string, reason: string) =>
    call<RetentionState>("POST", `/api/privacy/holds/${hold}/end`, { id: id(), reason }),
  saveSettings: (version: number, document: PrivacySettings) =>
    call<RetentionState>("PUT", "/api/admin/privacy", { version, document }),
  processing: () => call<Processing>("GET", "/api/privacy/processing"),
};
