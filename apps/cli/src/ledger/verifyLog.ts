import { existsSync } from "node:fs";
import { join } from "node:path";
import { base64Of, openCheckpoint, verifierKey, type GivenCheckpoint, type NamedKey } from "@linge/tlog";
import { auditLedger, type Found } from "@linge/server/features/ledger/audit.ts";
import { logKey } from "@linge/server/features/ledger/key.ts";
import { readConfig } from "@linge/server/platform/config/config.ts";
import { connect, type OpenDatabase } from "@linge/server/platform/db/database.ts";
import { startCluster } from "@linge/server/platform/db/embedded/cluster.ts";
import { embeddedAddress, serverAddress } from "@linge/server/platform/db/pool.ts";
import { LedgerInputError, readText } from "./input.ts";

export type LogVerdict = {
  ok: boolean;
  entries: number;
  cases: number;
  root: string;
  key: string;
  seconds: number;
  faults: number;
  found: Found[];
};

/** Faults named in the answer; all are counted. */
const most = 10_000;

/** Opens the city's database beside a running Linge, or starts the embedded one for as long as it takes. */
async function openCity(): Promise<{
  opened: OpenDatabase;
  config: ReturnType<typeof readConfig>;
  end(): Promise<void>;
}> {
  const config = readConfig(process.env);
  const use = (address: Parameters<typeof connect>[0]): OpenDatabase => connect(address, config.city.code, 4);
  if (config.databaseUrl) {
    const opened = use(serverAddress(config.databaseUrl));
    return { opened, config, end: () => opened.close() };
  }
  const folder = join(config.dataFolder, "postgres");
  if (!existsSync(folder))
    throw new LedgerInputError(
      `${config.dataFolder} holds no city: set LINGE_DATA to its folder, or DATABASE_URL to its database`,
    );
  const beside = use(embeddedAddress(folder));
  const runs = await beside.pool.query("select 1").then(
    () => true,
    () => false,
  );
  if (runs) return { opened: beside, config, end: () => beside.close() };
  await beside.close();
  const cluster = await startCluster(folder);
  const opened = use(embeddedAddress(cluster.socketFolder));
  return {
    opened,
    config,
    async end() {
      await opened.close();
      await cluster.stop();
    },
  };
}

/** The whole log against the database, and against checkpoints that others kept (`kept`: files). */
export async function verifyLog(given: { key?: NamedKey; kept: string[] }): Promise<LogVerdict> {
  const began = performance.now();
  const { opened, config, end } = await openCity();
  try {
    const key = given.key ?? (await logKey({ ...opened, config })).key;
    const elsewhere: GivenCheckpoint[] = [];
    for (const path of given.kept) {
      const { size, root } = (await openCheckpoint(readText(path), key)).checkpoint;
      elsewhere.push({ size, root });
    }
    const found: Found[] = [];
    let faults = 0;
    const { entries, cases, root } = await auditLedger(opened, { key, elsewhere }, (each) => {
      faults += 1;
      if (faults <= most) found.push(each);
    });
    return {
      ok: faults === 0,
      entries,
      cases,
      root: base64Of(root),
      key: verifierKey(key),
      seconds: (performance.now() - began) / 1000,
      faults,
      found,
    };
  } finally {
    await end();
  }
}

function sayFound(found: Found): string {
  if ("what" in found) {
    const { code, subject, what, at, field, logged, told } = found;
    const change = field ? `: ${field} was ${JSON.stringify(logged)} and is now ${JSON.stringify(told)}` : "";
    return `${code.toUpperCase()} ${what.includes(".") ? "" : "case "}${subject} "${what}"${at ? ` of ${at}` : ""}${change}`;
  }
  const { code, index, size, subject, kind, why } = found;
  const where = index !== undefined ? `entry ${index}` : `size ${size}`;
  return `${code.toUpperCase()} ${where}${kind ? ` "${kind}" of ${subject}` : ""}: ${why}`;
}

export function sayLog({ ok, entries, cases, found, faults, seconds }: LogVerdict): string[] {
  return [
    ...found.map(sayFound),
    ...(faults > found.length ? [`… and ${faults - found.length} more`] : []),
    `${entries} entries and ${cases} cases looked at in ${seconds.toFixed(1)} s: ${ok ? "database and log agree" : `${faults} differences`}`,
  ];
}
