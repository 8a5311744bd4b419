/** One measured figure: what was promised, what was seen, and what a reader needs to judge it. */
export type Row = { goal: string; target: string; measured: string; reached: boolean; note?: string };

/** Seconds of wall clock and of processor time (all threads) that work takes, the fastest of a few times. */
export async function timed(times: number, work: () => unknown): Promise<{ seconds: number; busy: number }> {
  let best = { seconds: Infinity, busy: Infinity };
  for (let time = 0; time < times; time++) {
    const [began, before] = [performance.now(), process.cpuUsage()];
    await work();
    const seconds = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(before);
    if (seconds < best.seconds) best = { seconds, busy: (user + system) / 1e6 };
  }
  return best;
}

/** Milliseconds of processor time of this thread, which colleagues on the machine do not stretch. */
export function threadTime(work: () => unknown): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

/** Cycles a second, from a chain of additions that each wait for the one before. */
export function clock(): number {
  const calls = 20_000;
  let best = Infinity;
  for (let time = 0; time < 4; time++)
    best = Math.min(
      best,
      threadTime(() => {
        let sum = 0;
        for (let call = 0; call < calls; call++) sum = chain(sum);
        kept = sum;
      }),
    );
  return ((calls * LINKS) / best) * 1000;
}

/** Each call of the chain has so many links, two cycles each. */
const LINKS = 2 * 2000;
let kept = 0;

function chain(start: number): number {
  let sum = start;
  for (let i = 0; i < 2000; i++) sum = ((sum ^ i) + 3) | 0;
  return sum + (kept & 1);
}

/** A figure of a growth curve, which has no target. */
export const curve = (goal: string, points: [string, number][], unit: string): Row => ({
  goal,
  target: "—",
  measured: points.map(([at, value]) => `${at}: ${value.toPrecision(3)} ${unit}`).join(", "),
  reached: true,
});
