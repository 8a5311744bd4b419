import type { BenchRow } from "../../scripts/bench/main.ts";
import { shellBytes } from "../support/shell.ts";

const most = 170;

/** The desk before a map or a chart is asked for. */
export async function rows(): Promise<BenchRow[]> {
  const kilobytes = shellBytes("desk.html") / 1024;
  return [
    {
      goal: "desk shell, gzipped JavaScript before a map or chart is asked for",
      target: `≤ ${most} KB`,
      measured: `${kilobytes.toFixed(0)} KB`,
      reached: kilobytes <= most,
    },
  ];
}
