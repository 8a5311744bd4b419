import { readdirSync } from "node:fs";
import type { Command } from "./command.ts";

const folder = new URL("./commands/", import.meta.url);

async function commands(): Promise<Map<string, Command>> {
  const found = new Map<string, Command>();
  for (const file of readdirSync(folder).sort()) {
    const module = (await import(new URL(file, folder).href)) as { command: Command };
    found.set(file.replace(/\.ts$/, ""), module.command);
  }
  return found;
}

async function main(): Promise<number> {
  const [name, ...args] = process.argv.slice(2);
  const file = name && /^[a-z-]+$/.test(name) ? readdirSync(folder).find((each) => each === `${name}.ts`) : undefined;
  if (file) return ((await import(new URL(file, folder).href)) as { command: Command }).command.run(args);
  if (name && name !== "help") console.error(`linge: there is no command "${name}".\n`);
  for (const [, command] of await commands()) console.log(`linge ${command.usage}\n    ${command.summary}`);
  return name && name !== "help" ? 2 : 0;
}

process.exitCode = await main();
