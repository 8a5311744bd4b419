import { globSync } from "node:fs";
import { cpus } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { keepTable } from "./table.ts";

/** One measured figure: what was promised, what was seen, and anything a reader needs to judge it. */
export type BenchRow = { goal: string; target: string; measured: string; reached: boolean; note?: string };

const [only, ...flags] = [process.argv.slice(2).filter((word) => !word.startsWith("--"))[0], ...process.argv.slice(2)];
const files = globSync(["packages/*/bench/*.bench.ts", "apps/*/bench/*.bench.ts", "tests/load/*.bench.ts"]).sort();
const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}`;
console.log(machine);
for (const file of files) {
  const name = basename(file, ".bench.ts");
  if (only && only !== name) continue;
  console.log(`\n${name}`);
  const bench = (await import(pathToFileURL(join(process.cwd(), file)).href)) as { rows(): Promise<BenchRow[]> };
  const rows = await bench.rows();
  for (const row of rows)
    console.log(
      `${row.reached ? "✓" : "✗"} ${row.goal}: ${row.measured} (target ${row.target})${row.note ? ` — ${row.note}` : ""}`,
    );
  if (flags.includes("--write")) keepTable(name, machine, rows);
}
