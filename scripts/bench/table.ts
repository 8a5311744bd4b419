import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { BenchRow } from "./main.ts";

const page = "docs/operations/benchmarks.md";
const intro =
  "# Benchmarks\n\nWritten by `npm run bench -- --write`. Machines are shared and noisy: read ratios, not seconds.\n";

/** Replaces the section of one benchmark in the page, or adds it at the end. */
export function keepTable(name: string, machine: string, rows: BenchRow[]): void {
  const text = existsSync(page) ? readFileSync(page, "utf8") : intro;
  const lines = rows.map(
    (row) => `| ${row.goal} | ${row.target} | ${row.measured} | ${row.reached ? "yes" : "no"} | ${row.note ?? ""} |`,
  );
  const day = new Date().toISOString().slice(0, 10);
  const section = `\n## ${name}\n\n${day}, ${machine}\n\n| figure | target | measured | reached | note |\n|---|---|---|---|---|\n${lines.join("\n")}\n`;
  const old = new RegExp(`\\n## ${name}\\n[\\s\\S]*?(?=\\n## |$)`);
  writeFileSync(page, old.test(text) ? text.replace(old, section) : text + section);
}
