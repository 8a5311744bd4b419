import { solveExactly } from "./exact.ts";
import { sum } from "./loads.ts";
import { cutBorder, sumUp, totalExcess } from "./partition.ts";
import type { Bench, Found } from "./search.ts";
import type { Obstacle } from "./types.ts";

export type Settled = { region: Int32Array; exact: boolean; obstacle: Obstacle | null };

/** Steps of the first search, which knows nothing yet, and of the second, which need only beat an annealed plan. */
const budgets = { alone: 400_000, informed: 2_000_000 };

/**
 * Small networks: the shortest cut border there is, or the proof that no plan meets the tolerance. When the exact
 * search alone takes too long, an annealed plan is drawn for it to start from.
 */
export async function drawSmall(
  bench: Bench,
  k: number,
  tolerance: number,
  anneal: () => Promise<Found>,
): Promise<Settled> {
  const { network, loads } = bench;
  const question = { k, mean: loads.mean, tolerance };
  const first = solveExactly(network, { ...question, minimise: "cut", budget: budgets.alone });
  if (first.proven && first.region) return { region: first.region, exact: true, obstacle: null };
  if (first.proven) return refuse(bench, k, tolerance);
  const drawn = await anneal();
  const inOrder = totalExcess(sumUp(network, loads, drawn.region, k)) === 0;
  const known = inOrder ? { known: cutBorder(network, drawn.region) } : {};
  const second = solveExactly(network, { ...question, ...known, minimise: "cut", budget: budgets.informed });
  if (!inOrder && second.proven && !second.region) return refuse(bench, k, tolerance);
  return { region: second.region ?? drawn.region, exact: second.proven, obstacle: null };
}

/** The plan nearest to the mean, and how near that is. */
function refuse({ network, loads }: Bench, k: number, tolerance: number): Settled {
  // Narrow bands are searched quickly: widen until a plan is found. In `anything` shares of the mean all plans are in order.
  const anything = sum(loads.mean);
  let nearest = solveExactly(network, { k, mean: loads.mean, tolerance: anything, minimise: "deviation", budget: 0 });
  for (let band = Math.max(2 * tolerance, 0.001); !nearest.region && band < 2 * anything; band *= 2)
    nearest = solveExactly(network, { k, mean: loads.mean, tolerance: band, minimise: "deviation", budget: 5_000_000 });
  const { region, value, proven } = nearest;
  const limit = proven ? value : tolerance;
  const percent = (share: number) => `${Number((share * 100).toPrecision(3))} %`;
  const obstacle: Obstacle = {
    code: "exhausted",
    message: `no way to divide these ${network.ids.length} blocks into ${k} connected grids comes ${proven ? "nearer to the mean than" : "within"} ± ${percent(limit)}; widen the tolerance${proven ? ` of ± ${percent(tolerance)}` : ""} or change the number of grids`,
    proven: true,
    blocks: [],
    leastDeviation: limit,
  };
  return { region: region!, exact: false, obstacle };
}
