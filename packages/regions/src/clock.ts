import type { Progress, SearchOptions } from "./types.ts";

/** When a search must stop, and its contact with the outside while it runs. */
export type Clock = {
  /** Share of the time limit that has passed; 0 without one. */
  share(): number;
  /** Out of time, or aborted. */
  spent(): boolean;
  /** Let the event loop run (an abort arrives that way) and report progress; cheap if called often. */
  breathe(phase: string, done: number, plans: number): Promise<void>;
};

const pauseEvery = 40;
const tellEvery = 100;
/** Part of the limit kept for measuring and handing over. */
const usable = 0.93;

export function startClock({ timeLimit, signal, progress }: SearchOptions): Clock {
  const began = performance.now();
  let [paused, told] = [began, began];
  const share = () => (timeLimit === undefined ? 0 : (performance.now() - began) / (timeLimit * 1000 * usable));
  return {
    share,
    spent: () => signal?.aborted === true || share() >= 1,
    async breathe(phase, done, plans) {
      const now = performance.now();
      if (progress && now - told > tellEvery) {
        told = now;
        progress({ phase, done, plans } satisfies Progress);
      }
      if (now - paused < pauseEvery) return;
      await new Promise((resume) => setTimeout(resume));
      paused = performance.now();
    },
  };
}
