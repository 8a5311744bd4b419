/** How many records a worker's scope holds, and when his phones last asked. */
export type Load = {
  worker: string;
  name: string;
  records: number;
  lastContact?: string;
  held: number;
  driftMs?: number;
};

export type LoadLine = Load & { share: number; standing: "over" | "near" | "fine" };

/** From this share of the cap on, somebody should look: the grids are too large, or too much is left open in them. */
export const nearShare = 0.8;

/** Who comes near the cap, the fullest first. Above it, phones get the most urgent and say that it is not everything. */
export function reportLoads(loads: readonly Load[], cap: number): LoadLine[] {
  return loads
    .map((load): LoadLine => {
      const share = load.records / cap;
      return { ...load, share, standing: share > 1 ? "over" : share >= nearShare ? "near" : "fine" };
    })
    .sort((a, b) => b.share - a.share || a.worker.localeCompare(b.worker));
}
