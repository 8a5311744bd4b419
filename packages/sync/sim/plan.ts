import type { Random } from "./random.ts";

/** What goes wrong in a run, as chances per step; drawn from the seed, so that some runs are calm and some are not. */
export type Plan = {
  phones: number;
  workers: number;
  steps: number;
  loss: number;
  duplication: number;
  /** Sending each command on its own. */
  split: number;
  kills: number;
  reassignments: number;
  skew: number;
  restores: number;
  phoneRestores: number;
  desk: number;
  /** Most ms by which a phone's clock is wrong. */
  clock: number;
  cap: number;
  batch: number;
  page: number;
};

const yearMs = 366 * 86_400_000;

export function drawPlan(random: Random): Plan {
  const sometimes = (share: number, most: number): number => (random.chance(share) ? random.next() * most : 0);
  const workers = 1 + random.below(2) + random.below(2);
  // Not both in one run: two old copies of the two ends of one branch cannot be told from the truth.
  const restored = random.below(4);
  return {
    workers,
    phones: Math.max(2, workers + random.below(2)),
    steps: 25 + random.below(45),
    loss: sometimes(0.7, 0.5),
    duplication: sometimes(0.6, 0.4),
    split: sometimes(0.4, 0.8),
    kills: sometimes(0.6, 0.15),
    reassignments: sometimes(0.5, 0.08),
    skew: sometimes(0.4, 0.08),
    restores: restored === 0 ? random.next() * 0.04 : 0,
    phoneRestores: restored === 1 ? random.next() * 0.04 : 0,
    desk: sometimes(0.7, 0.2),
    clock: random.chance(0.5) ? yearMs : 0,
    cap: random.chance(0.2) ? 4 : 1_000,
    batch: random.pick([1, 3, 50]),
    page: random.pick([1, 4, 50]),
  };
}
