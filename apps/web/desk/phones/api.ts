import type { PhoneRow } from "@linge/server/features/phones/commands.ts";
import type { VisitRow } from "@linge/server/features/visits/queries.ts";
import type { Json } from "@linge/sync/json.ts";
import type { LoadLine } from "@linge/sync/scope/report.ts";
import { call } from "../api.ts";

export type { LoadLine, PhoneRow, VisitRow };
export type Which = "conflicts" | "due" | "visited";

export const phonesApi = {
  visits: (which: Which) => call<{ visits: VisitRow[] }>("GET", `/api/visits?which=${which}`),
  choose: (visit: VisitRow, field: string, value: Json) =>
    call<{ version: number }>("POST", `/api/visits/${visit.id}/edit`, {
      id: crypto.randomUUID(),
      base: visit.version,
      fields: { [field]: value },
    }),
  phones: () => call<{ phones: PhoneRow[] }>("GET", "/api/phones"),
  signOut: (id: string) => call<void>("POST", `/api/phones/${id}/sign-out`, {}),
  report: () => call<{ cap: number; phones: LoadLine[] }>("GET", "/api/sync/report"),
};
