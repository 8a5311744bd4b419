import { parseArgs } from "node:util";
import type { Command } from "../command.ts";
import { isInputError, keyGiven, LedgerInputError } from "../ledger/input.ts";
import { remoteLog } from "../ledger/remote.ts";
import { sayCheckpoints, verifyCheckpoints } from "../ledger/verifyCheckpoints.ts";
import { sayFigures, verifyFigures } from "../ledger/verifyFigures.ts";
import { sayLog, verifyLog } from "../ledger/verifyLog.ts";
import { sayReceipt, verifyReceipt } from "../ledger/verifyReceipt.ts";

const options = {
  key: { type: "string" },
  log: { type: "string" },
  witness: { type: "string", multiple: true },
  kept: { type: "string", multiple: true },
  openings: { type: "string" },
  json: { type: "boolean" },
} as const;

const parse = (args: string[]) => parseArgs({ args, options, strict: true, allowPositionals: true });
type Values = ReturnType<typeof parse>["values"];

/** What was found, and how it is said. */
type Answer = { verdict: { ok: boolean }; lines: string[] };

const actions: Record<string, (words: string[], values: Values) => Promise<Answer>> = {
  async receipt([path, ...rest], { key, log, witness = [] }) {
    if (!path || rest.length) throw new LedgerInputError("name one receipt file");
    const verdict = await verifyReceipt(path, {
      key: key === undefined ? undefined : keyGiven(key),
      witnesses: witness.map(keyGiven),
      log: log === undefined ? undefined : remoteLog(log),
    });
    return { verdict, lines: sayReceipt(verdict) };
  },
  async log(words, { key, kept = [] }) {
    if (words.length) throw new LedgerInputError("checkpoints that others kept are given with --kept FILE");
    const verdict = await verifyLog({ key: key === undefined ? undefined : keyGiven(key), kept });
    return { verdict, lines: sayLog(verdict) };
  },
  async figures([path, ...rest], { key, log, openings }) {
    if (!path || rest.length) throw new LedgerInputError("name one file of figures");
    const verdict = await verifyFigures(path, {
      key: key === undefined ? undefined : keyGiven(key),
      log: log === undefined ? undefined : remoteLog(log),
      openings,
    });
    return { verdict, lines: sayFigures(verdict) };
  },
  async checkpoints([one, other, ...rest], { key, log }) {
    if (!one || !other || rest.length) throw new LedgerInputError("name two checkpoints: files, or a log's address");
    const verdict = await verifyCheckpoints(one, other, {
      key: key === undefined ? undefined : keyGiven(key),
      log: log === undefined ? undefined : remoteLog(log),
    });
    return { verdict, lines: sayCheckpoints(verdict) };
  },
};

/** `linge verify`: 0 when everything holds, 1 when something was changed, 2 when it could not be looked at. */
export const command: Command = {
  usage:
    "verify receipt FILE [--key KEY] [--log URL] [--witness KEY …] [--json]\n" +
    "linge verify log [--key KEY] [--kept CHECKPOINT …] [--json]\n" +
    "linge verify figures FILE [--openings FILE] [--key KEY] [--log URL] [--json]\n" +
    "linge verify checkpoints OLD NEW [--key KEY] [--log URL] [--json]",
  summary:
    "Check a receipt, the whole log against the database, published figures, or that a log continues what it once was.",
  async run([action = "", ...args]) {
    try {
      const chosen = Object.hasOwn(actions, action) ? actions[action] : undefined;
      if (!chosen) throw new LedgerInputError(`say what to check: ${Object.keys(actions).join(", ")}`);
      const { values, positionals } = parse(args);
      const { verdict, lines } = await chosen(positionals, values);
      console.log(values.json ? JSON.stringify(verdict) : lines.join("\n"));
      return verdict.ok ? 0 : 1;
    } catch (error) {
      if (!isInputError(error)) throw error;
      console.error(`linge verify: ${(error as Error).message}`);
      return 2;
    }
  },
};
