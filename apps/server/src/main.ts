import { chmodSync, mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { liveDemoCity } from "./features/demo/city.ts";
import { demoPassword } from "./features/furnish/demoStaff.ts";
import { keepLedger } from "./features/ledger/keep.ts";
import { jobKinds, timetable } from "./features/jobs.ts";
import { keepDraining } from "./features/outbox/drain.ts";
import { ConfigError, readConfig, type Config } from "./platform/config/config.ts";
import { InUseError, openDatabase, UnusableDatabaseError } from "./platform/db/database.ts";
import { NewerDataError } from "./platform/db/migrate.ts";
import { keepWorking } from "./platform/jobs/work.ts";
import { keepDoing } from "./platform/keepDoing.ts";
import { openHouse } from "./serve.ts";

const say = (line: string): void => console.log(`Linge: ${line}`);

function prepareFolder(config: Config): void {
  mkdirSync(config.dataFolder, { recursive: true });
  // The database runs as an ordinary user when Linge is root, and has to reach its own folder inside.
  if (process.getuid?.() === 0) chmodSync(config.dataFolder, 0o711);
}

/** Finds out before anything long is begun. @throws EADDRINUSE */
async function proveFree(port: number, host: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
  await new Promise((resolve) => server.close(resolve));
}

async function start(): Promise<void> {
  const config = readConfig(process.env);
  await proveFree(config.port, config.host);
  prepareFolder(config);
  const opened = await openDatabase(
    {
      dataFolder: config.dataFolder,
      databaseUrl: config.databaseUrl,
      cityId: config.city.code,
      connections: config.databaseConnections,
    },
    say,
  );
  const { app, house } = await openHouse(opened, config, {}, say);
  if (config.demo !== "off") await liveDemoCity(house, config.demo, say);
  const outbox = keepDraining(house);
  const jobs = keepWorking(house, jobKinds, timetable);
  const ledger = keepLedger(house);
  const followed = keepDoing(house, "settings of other servers wait", 5_000, async () => {
    if (await house.settings.follow()) await house.territory.reload();
    else await house.territory.follow();
  });
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    say("stopping");
    await jobs.stop();
    await app.close();
    await outbox.stop();
    await ledger.stop();
    await followed.stop();
    await opened.close();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop());
  try {
    await app.listen({ port: config.port, host: config.host });
  } catch (error) {
    await jobs.stop();
    await outbox.stop();
    await ledger.stop();
    await opened.close();
    throw error;
  }
  welcome(config);
}

function welcome(config: Config): void {
  const base = `http://localhost:${config.port}`;
  say(`ready on ${base}`);
  if (config.demo === "off") return;
  console.log(`
  居民 residents      ${base}/
  工作台 desk         ${base}/desk      dispatch · checker · 330903-publicWorks · admin
  网格员 field        ${base}/field     grid
  密码 password       ${demoPassword}   (demo city; LINGE_DEMO=off starts an empty one)
`);
}

const expected = (error: unknown): boolean =>
  [ConfigError, InUseError, NewerDataError, UnusableDatabaseError].some((kind) => error instanceof kind);

try {
  await start();
} catch (error) {
  const { code, message, stack } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE")
    console.error(
      `Linge: port ${process.env.PORT ?? 8080} is in use by another program. Stop it, or set PORT to another number.`,
    );
  else console.error(`Linge: ${expected(error) ? message : stack}`);
  process.exit(1);
}
