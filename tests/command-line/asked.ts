import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import type { Command } from "../../apps/cli/src/command.ts";

/** Writes files of these names and texts and tells where. */
export function files<T extends string>(texts: Record<T, string>): Record<T, string> {
  const folder = mkdtempSync(join(tmpdir(), "linge-"));
  return Object.fromEntries(
    Object.entries<string>(texts).map(([name, text]) => {
      const path = join(folder, `${name}.csv`);
      writeFileSync(path, text);
      return [name, path];
    }),
  ) as Record<T, string>;
}

/** Runs a command and keeps what it says. */
export async function ask(command: Command, ...args: string[]): Promise<{ code: number; out: string; error: string }> {
  const said = { out: [] as string[], error: [] as string[] };
  const log = vi.spyOn(console, "log").mockImplementation((line: string) => void said.out.push(line));
  const fail = vi.spyOn(console, "error").mockImplementation((line: string) => void said.error.push(line));
  try {
    const code = await command.run(args);
    return { code, out: said.out.join("\n"), error: said.error.join("\n") };
  } finally {
    log.mockRestore();
    fail.mockRestore();
  }
}
