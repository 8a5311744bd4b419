import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { readVerifierKey, verifierKey, type NamedKey } from "@linge/tlog";
import { typedPath, type Command } from "../command.ts";
import { isInputError, keyGiven, LedgerInputError } from "../ledger/input.ts";
import { remoteLog, type RemoteLog } from "../ledger/remote.ts";
import { serveWitness } from "../ledger/serveWitness.ts";
import { openWitness, type Witness } from "../ledger/witness.ts";

const options = {
  name: { type: "string" },
  folder: { type: "string", default: "witness" },
  log: { type: "string", multiple: true },
  follow: { type: "string", multiple: true },
  every: { type: "string", default: "60" },
  port: { type: "string", default: "8100" },
  host: { type: "string", default: "127.0.0.1" },
  once: { type: "boolean" },
  json: { type: "boolean" },
} as const;

type Say = (event: Record<string, unknown>, line: string) => void;

function wholeIn(name: string, text: string, from: number, to: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < from || value > to)
    throw new LedgerInputError(`--${name} is a whole number from ${from} to ${to}`);
  return value;
}

/** Asks each followed log for its newest checkpoint. @returns whether all of them were cosigned */
async function lookOnce(witness: Witness, logs: readonly RemoteLog[], say: Say): Promise<boolean> {
  let all = true;
  for (const log of logs) {
    const { status, body } = await witness.follow(log).catch((error: Error) => ({ status: 0, body: error.message }));
    all &&= status === 200;
    say(
      { event: status === 200 ? "cosigned" : "refused", log: log.prefix, status, said: body.trim() },
      status === 200 ? `cosigned ${log.prefix}` : `NOT cosigned ${log.prefix}: ${body.trim()}`,
    );
  }
  return all;
}

/** The keys of the logs: as typed, or as a followed log itself says on the first day. */
async function keysOf(typed: readonly string[], followed: readonly RemoteLog[]): Promise<NamedKey[]> {
  if (typed.length) return typed.map(keyGiven);
  return Promise.all(followed.map(async (log) => readVerifierKey(await log.key())));
}

/** `linge witness`: runs until it is stopped; with `--once`, 0 when everything followed was cosigned and 1 when not. */
export const command: Command = {
  usage:
    "witness --name NAME (--log KEY … | --follow URL …) [--folder FOLDER] [--every SECONDS] [--once] [--port PORT] [--host HOST] [--json]",
  summary: "Keep and cosign a log's checkpoints, so that it cannot change its history unseen.",
  async run(args) {
    try {
      const { values } = parseArgs({ args, options, strict: true });
      const { name, log = [], follow = [] } = values;
      if (!name) throw new LedgerInputError("give --name: how you sign, such as library.example/witness");
      if (log.length + follow.length === 0)
        throw new LedgerInputError(
          "name the logs: --log KEY for those that ask you, --follow URL for those that you ask",
        );
      const followed = follow.map(remoteLog);
      const every = wholeIn("every", values.every, 1, 86_400);
      const port = wholeIn("port", values.port, 0, 65_535);
      const say: Say = (event, line) => console.log(values.json ? JSON.stringify(event) : line);
      const witness = await openWitness(typedPath(values.folder), name, await keysOf(log, followed));
      if (values.once) return (await lookOnce(witness, followed, say)) ? 0 : 1;
      return await runOn(witness, followed, { every, port, host: values.host }, say);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (!isInputError(error) && code !== "EADDRINUSE") throw error;
      console.error(
        `linge witness: ${code === "EADDRINUSE" ? "the port is in use by another program; choose one with --port" : (error as Error).message}`,
      );
      return 2;
    }
  },
};

async function runOn(
  witness: Witness,
  followed: readonly RemoteLog[],
  { every, port, host }: { every: number; port: number; host: string },
  say: Say,
): Promise<number> {
  const server = serveWitness(witness);
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
  const url = `http://${host}:${(server.address() as AddressInfo).port}`;
  say({ event: "ready", url, key: verifierKey(witness.key) }, `Witness on ${url}\nkey ${verifierKey(witness.key)}`);
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  let going = true;
  void stopped.then(() => (going = false));
  while (going) {
    await lookOnce(witness, followed, say);
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([stopped, new Promise((resolve) => (timer = setTimeout(resolve, every * 1000)))]);
    clearTimeout(timer);
  }
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return 0;
}
