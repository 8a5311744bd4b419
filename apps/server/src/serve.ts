import { join } from "node:path";
import type { FastifyBaseLogger } from "fastify";
import { writeTogether } from "./features/cases/together.ts";
import { furnish, linkSecret } from "./features/furnish/furnish.ts";
import { loadSettings } from "./features/settings/settings.ts";
import { loadTerritory } from "./features/territory/territory.ts";
import type { Config } from "./platform/config/config.ts";
import type { OpenDatabase } from "./platform/db/database.ts";
import type { Clock, House } from "./platform/house.ts";
import { buildApp, type App } from "./platform/http/app.ts";
import type { ClassifiedRoute } from "./platform/http/access.ts";
import { liveHub } from "./platform/http/live.ts";
import { consoleNotifier, type Notifier } from "./platform/notify/notifier.ts";
import { folderStorage } from "./platform/storage/storage.ts";

/** Parts that tests replace. */
export type Replaced = { clock?: Clock; notifier?: Notifier };

/** Furnishes the city if it is new and builds the server over it; does not listen yet. */
export async function openHouse(
  opened: OpenDatabase,
  config: Config,
  replaced: Replaced = {},
  progress: (line: string) => void = () => {},
): Promise<{ app: App; routes: ClassifiedRoute[]; house: House }> {
  await furnish(opened, config, progress);
  const [settings, territory, secret] = await Promise.all([
    loadSettings(opened.db, opened.cityId),
    loadTerritory(opened.db, opened.cityId),
    linkSecret(opened),
  ]);
  return buildApp(config, (log: FastifyBaseLogger): House => ({
    ...opened,
    config,
    clock: replaced.clock ?? Date.now,
    log,
    notifier: replaced.notifier ?? consoleNotifier((line) => console.log(line)),
    storage: folderStorage(join(config.dataFolder, "photos")),
    live: liveHub(),
    reports: writeTogether(opened.db, opened.cityId),
    settings,
    territory,
    secret,
  }));
}
