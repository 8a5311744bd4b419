import { readFileSync } from "node:fs";
import { readVerifierKey, TlogError, type NamedKey } from "@linge/tlog";
import { typedPath } from "../command.ts";

/** Something the person can mend: said in one line. */
export class LedgerInputError extends Error {}

export function readText(path: string): string {
  try {
    return readFileSync(typedPath(path), "utf8");
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : (error as Error).message;
    throw new LedgerInputError(`${path}: ${why}`);
  }
}

/** A verifier key as typed: the key itself, or a file that holds it. */
export function keyGiven(text: string): NamedKey {
  const key = text.includes("+") ? text : readText(text);
  try {
    return readVerifierKey(key.trim());
  } catch (error) {
    throw new LedgerInputError(`${text.slice(0, 80)}: ${(error as Error).message}`);
  }
}

/** Errors that say what to do; all others are ours. */
export function isInputError(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return (
    error instanceof LedgerInputError ||
    error instanceof TlogError ||
    (typeof code === "string" && code.startsWith("ERR_PARSE_ARGS"))
  );
}
