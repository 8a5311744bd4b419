import type { FastifyBaseLogger } from "fastify";
import type { Config } from "./config/config.ts";
import type { OpenDatabase } from "./db/database.ts";
import type { LiveHub } from "./http/live.ts";
import type { Notifier } from "./notify/notifier.ts";
import type { Storage } from "./storage/storage.ts";
import type { ReportWriter } from "../features/cases/together.ts";
import type { Settings } from "../features/settings/settings.ts";
import type { Territory } from "../features/territory/territory.ts";

/** Current time in ms since 1970; tests set it. */
export type Clock = () => number;

/** What every feature of the server is given. */
export type House = OpenDatabase & {
  config: Config;
  clock: Clock;
  log: FastifyBaseLogger;
  notifier: Notifier;
  storage: Storage;
  live: LiveHub;
  reports: ReportWriter;
  settings: Settings;
  territory: Territory;
  /** Signs the links that need no login. */
  secret: Buffer;
};
