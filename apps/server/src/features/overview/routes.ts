import type { Role } from "@linge/domain/access/role.ts";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { overviewFor } from "./queries.ts";

/** Those who lead, or answer for what a unit does. */
const readers: readonly Role[] = [
  "dispatcher",
  "filingOfficer",
  "checker",
  "gridLeader",
  "unitHandler",
  "emergencyAuthority",
  "evaluator",
  "auditor",
  "cityAdmin",
];

export function overviewRoutes(app: App, house: House): void {
  app.get("/api/overview", { config: { access: readers } }, async (request) => overviewFor(house, request.actor));
}
