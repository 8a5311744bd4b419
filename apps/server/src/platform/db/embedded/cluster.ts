import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { postgresFolder } from "./binaries.ts";
import { ordinaryUser, type Runner } from "./ordinaryUser.ts";

/** A running embedded PostgreSQL: where to connect, and how to stop it. It is started again when it ends by itself. */
export type Cluster = { socketFolder: string; stop(): Promise<void> };

const locale = { LC_ALL: "C", LC_MESSAGES: "C" };

function execute(runner: Runner, program: string, args: string[]): void {
  const [command, ...rest] = [...runner.prefix, program, ...args];
  const done = spawnSync(command!, rest, {
    uid: runner.uid,
    gid: runner.gid,
    env: { ...process.env, ...locale },
    encoding: "utf8",
    cwd: "/",
  });
  if (done.status !== 0)
    throw new Error(`${program.split("/").pop()} failed: ${done.stderr || done.stdout || done.error?.message}`);
}

function initialise(runner: Runner, binaries: string, folder: string): void {
  execute(runner, join(binaries, "bin/initdb"), [
    "-D",
    folder,
    "-U",
    "linge",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--no-instructions",
    "--data-checksums",
  ]);
  const settings = [
    "listen_addresses = ''",
    "unix_socket_permissions = 0700",
    "max_connections = 120",
    "shared_buffers = 256MB",
    "effective_cache_size = 2GB",
    "maintenance_work_mem = 256MB",
    "work_mem = 16MB",
    "max_wal_size = 2GB",
    "random_page_cost = 1.1",
    "jit = off",
    "log_min_messages = warning",
  ];
  writeFileSync(join(folder, "postgresql.auto.conf"), `${settings.join("\n")}\n`);
}

/** Pid of the server that runs in this folder, perhaps left by a Linge that was killed; stale files are PostgreSQL's to clear. */
function runningPid(folder: string): number | undefined {
  const file = join(folder, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  return isPostgres(pid) ? pid : undefined;
}

/** Whether a process is a living PostgreSQL: pids are used again, and the dead stay listed until somebody asks. */
function isPostgres(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== "linux") return true;
    const [, name, state] = /\((.*)\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))!;
    return name === "postgres" && state !== "Z";
  } catch {
    return false;
  }
}

/** A socket's path may have 107 characters at most: a deep data folder gets its socket among the temporary files. */
function socketFolderFor(folder: string): string {
  if (folder.length < 80) return folder;
  const short = join(tmpdir(), `linge-${createHash("sha256").update(folder).digest("hex").slice(0, 12)}`);
  mkdirSync(short, { recursive: true, mode: 0o700 });
  if (process.getuid?.() === 0) chownSync(short, statSync(folder).uid, statSync(folder).gid);
  return short;
}

async function answers(socketFolder: string): Promise<boolean> {
  const client = new pg.Client({
    host: socketFolder,
    user: "linge",
    database: "postgres",
    connectionTimeoutMillis: 2000,
  });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts (and on first use initialises) PostgreSQL in `folder`; a server that already runs there is used as it is.
 * The socket lies in the same folder, so nothing listens on a network.
 * @param options `fsync: false` for tests alone; `binaries`, the folder of another PostgreSQL, with bin/ in it
 * @throws Error saying which program failed and why
 */
export async function startCluster(
  folder: string,
  options: { fsync?: boolean; binaries?: string } = {},
): Promise<Cluster> {
  const binaries = options.binaries ?? postgresFolder();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const runner = ordinaryUser({ data: folder, binaries });
  const cluster = join(folder, "cluster");
  if (!existsSync(join(cluster, "PG_VERSION"))) initialise(runner, binaries, cluster);
  const socketFolder = socketFolderFor(folder);
  const start: Launch = { runner, binaries, folder, socketFolder, fsync: options.fsync !== false };
  let watch: NodeJS.Timeout | undefined;
  const stop = async (): Promise<void> => {
    clearInterval(watch);
    if (runningPid(cluster))
      execute(runner, join(binaries, "bin/pg_ctl"), ["-D", cluster, "-m", "fast", "-w", "-t", "60", "stop"]);
  };
  await untilAnswering(start);
  watch = setInterval(() => {
    if (!runningPid(cluster)) launch(start);
  }, relaunchMs).unref();
  return { socketFolder, stop };
}

type Launch = { runner: Runner; binaries: string; folder: string; socketFolder: string; fsync: boolean };

const patienceMs = 60_000;
const relaunchMs = 1_000;

/** Starts the server, again where it gave up: after a kill its last children may still hold the folder for a moment. */
async function untilAnswering(start: Launch): Promise<void> {
  const deadline = Date.now() + patienceMs;
  let launched = 0;
  while (!(await answers(start.socketFolder))) {
    if (Date.now() > deadline)
      throw new Error(`PostgreSQL did not start; its log is ${join(start.folder, "postgres.log")}`);
    if (Date.now() - launched > relaunchMs && !runningPid(join(start.folder, "cluster"))) {
      launched = Date.now();
      launch(start);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function launch({ runner, binaries, folder, socketFolder, fsync }: Launch): void {
  const unsafe = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"].flatMap((setting) => ["-c", setting]);
  const options = ["-D", join(folder, "cluster"), "-k", socketFolder, ...(fsync ? [] : unsafe)];
  const shell = `exec "$0" "$@" >>"${join(folder, "postgres.log")}" 2>&1`;
  const [command, ...args] = [...runner.prefix, "/bin/sh", "-c", shell, join(binaries, "bin/postgres"), ...options];
  // Detached, so that Ctrl-C reaches Linge alone, which then stops the database in order.
  spawn(command!, args, {
    uid: runner.uid,
    gid: runner.gid,
    env: { ...process.env, ...locale },
    stdio: "ignore",
    detached: true,
    cwd: "/",
  }).unref();
}
