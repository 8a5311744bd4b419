import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { liveDemoCity } from "../../apps/server/src/features/demo/city.ts";
import { readConfig } from "../../apps/server/src/platform/config/config.ts";
import { openDatabase } from "../../apps/server/src/platform/db/database.ts";
import type { House } from "../../apps/server/src/platform/house.ts";
import type { App } from "../../apps/server/src/platform/http/app.ts";
import { memoryNotifier } from "../../apps/server/src/platform/notify/notifier.ts";
import { openHouse } from "../../apps/server/src/serve.ts";

/** A real server over a real database with fsync, in a folder of its own. */
export type LoadCity = { app: App; house: House; close(): Promise<void> };

/** Opens a city with a number of synthetic cases; without a number, one that is empty. */
export async function openCity(cases = 0, connections = 16): Promise<LoadCity> {
  process.env.LINGE_LOG ??= "silent";
  const folder = mkdtempSync(join(tmpdir(), "linge-load-"));
  chmodSync(folder, 0o755);
  const config = {
    ...readConfig({ LINGE_DATA: folder }),
    requestsPerMinute: 1_000_000_000,
    databaseConnections: connections,
  };
  const opened = await openDatabase({ dataFolder: folder, cityId: config.city.code, connections });
  const { app, house } = await openHouse(opened, config, { notifier: memoryNotifier() });
  if (cases) await liveDemoCity(house, "XL", (line) => process.stderr.write(`${line}\n`), { cases, days: 365 });
  return {
    app,
    house,
    async close() {
      await app.close();
      await opened.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Calls `work` from `clients` at once for `seconds`. @returns calls a second */
export async function rate(clients: number, seconds: number, work: () => Promise<unknown>): Promise<number> {
  const until = performance.now() + seconds * 1000;
  let done = 0;
  const start = performance.now();
  const client = async (): Promise<void> => {
    while (performance.now() < until) {
      await work();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return done / ((performance.now() - start) / 1000);
}

/** The 95th percentile in ms of `count` calls, one after the other. */
export async function p95(count: number, work: (i: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    await work(i);
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(count * 0.95)]!;
}
