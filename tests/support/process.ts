import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

export type Running = { child: ChildProcess; base: string; output(): string; ended: Promise<number | null> };

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts Linge as its own process, as `npm start` does once everything is installed and built. */
export function startProcess(dataFolder: string, port: number, environment: Record<string, string> = {}): Running {
  const env = {
    ...process.env,
    NODE_ENV: "",
    LINGE_LOG: "error",
    LINGE_DEMO: "off",
    LINGE_DATA: dataFolder,
    PORT: String(port),
    ...environment,
  };
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "apps/server/src/main.ts"], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (bytes: Buffer) => (output += bytes.toString()));
  child.stderr.on("data", (bytes: Buffer) => (output += bytes.toString()));
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  return { child, base: `http://127.0.0.1:${port}`, output: () => output, ended };
}

/** Waits until it answers. @throws Error with what it printed, when it ends first */
export async function ready(running: Running): Promise<void> {
  let over = false;
  void running.ended.then(() => (over = true));
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await fetch(`${running.base}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    if (over) throw new Error(running.output());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`not ready: ${running.output()}`);
}

/** Pid of the embedded database's first process. */
export function databasePid(dataFolder: string): number {
  return Number(readFileSync(join(dataFolder, "postgres/cluster/postmaster.pid"), "utf8").split("\n")[0]);
}
