import { resolve } from "node:path";

/** A command of `linge`: its words, one line of help, and what it does; the result is the exit code. */
export type Command = { usage: string; summary: string; run(args: string[]): Promise<number> };

/** Paths that people type are relative to where they stand, not to the house. */
export function typedPath(path: string): string {
  return resolve(process.env.LINGE_CALLED_FROM ?? process.cwd(), path);
}
