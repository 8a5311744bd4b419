import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Results of other programs, where the shared folder is there. */
const folder = fileURLToPath(new URL("../../../../shared/data/oracles/", import.meta.url));

export const noOracles = !existsSync(folder);

export const readOracle = (path: string): string => readFileSync(folder + path, "utf8");

/** Rows of a CSV or blank-separated file as records by name. */
export function readRows(path: string, separator: string | RegExp = ","): string[][] {
  return readOracle(path)
    .trim()
    .split(/\r?\n/)
    .map((line) =>
      line
        .trim()
        .split(separator)
        .map((cell) => cell.replaceAll('"', "")),
    );
}

export type Reported = { ids: string[]; days: [string, string]; llr: number; p: number };

/** The clusters of a SaTScan report. */
export function readReport(path: string): Reported[] {
  const report = readOracle(path);
  const clusters: Reported[] = [];
  for (const part of report.split(/\n(?=\d+\.Location IDs included)/).slice(1)) {
    const ids = /included\.: ([\s\S]*?)\n  Coordinates/
      .exec(part)![1]!
      .split(",")
      .map((id) => id.trim());
    const days = /Time frame\.*: (\S+) to (\S+)/.exec(part);
    const figure = (name: RegExp) => Number(name.exec(part)![1]);
    clusters.push({
      ids,
      days: days ? [isoDate(days[1]!), isoDate(days[2]!)] : ["", ""],
      llr: figure(/(?:Test statistic|Log likelihood ratio)\.*: (\S+)/),
      p: figure(/\n  P-value\.*: (\S+)/),
    });
  }
  return clusters;
}

export const isoDate = (slashes: string): string =>
  slashes
    .split("/")
    .map((part) => part.padStart(2, "0"))
    .join("-");

export const dayOf = (slashes: string): number => Date.parse(`${isoDate(slashes)}T00:00:00Z`) / 86_400_000;
export const dateOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** Three standard deviations of the difference of two Monte Carlo p-values. */
export function threeSigma(p: number, ours: number, theirs: number): number {
  const q = Math.min(Math.max(p, 0.5 / theirs), 1 - 0.5 / theirs);
  return 3 * Math.sqrt(q * (1 - q) * (1 / ours + 1 / theirs)) + 1 / Math.min(ours, theirs);
}
