import { ears, farringtonFlexible } from "../src/index.ts";
import { randomStream } from "../src/random.ts";

type Row = { goal: string; target: string; measured: string; reached: boolean; note?: string };

/** G6: series detectors on one thread. */
export async function rows(): Promise<Row[]> {
  const weekly = counts(300, 6);
  const last = weekly.length - 1;
  const fits = 2000;
  const one = () => farringtonFlexible(weekly, { period: 52, from: last });
  for (let i = 0; i < 200; i++) one();
  const flexible = timed(() => {
    for (let i = 0; i < fits; i++) one();
  });
  const many = timed(() => {
    for (let i = 0; i < 60_000; i++) one();
  });
  const daily = counts(1_000_000, 20);
  ears(daily.slice(0, 20_000), { method: "c2" });
  const points = timed(() => ears(daily, { method: "c2" }));
  return [
    row("G6 Farrington flexible, one fit (weekly, 4 years)", 0.1, (flexible / fits) * 1000, "ms"),
    row("G6 60,000 series, one week each", 5, many, "s"),
    row("G6 EARS C2, one point", 20, (points / daily.length) * 1e9, "ns"),
  ];
}

function row(goal: string, target: number, measured: number, unit: string): Row {
  return {
    goal,
    target: `≤ ${target} ${unit}`,
    measured: `${measured.toPrecision(3)} ${unit}`,
    reached: measured <= target,
  };
}

/** Seconds that work takes. */
function timed(work: () => unknown): number {
  const began = performance.now();
  work();
  return (performance.now() - began) / 1000;
}

function counts(length: number, mean: number): number[] {
  const random = randomStream(5, length);
  return Array.from({ length }, (_, i) =>
    Math.floor((mean * (1 + 0.5 * Math.sin(i / 8)) * (random(1000) + random(1000))) / 1000),
  );
}
