import { measurePlan, type Figures, type RegionInput } from "@linge/regions";
import type { Assignment, PlanningBlock } from "./api.ts";

/** What lies on the drawing board: a plan, the grids of it that are settled, and what can be undone. */
export type Board = { assignment: Assignment; locked: string[]; past: Assignment[] };
export type BoardStep =
  | { kind: "open"; assignment: Assignment }
  | { kind: "move"; block: string; group: string }
  | { kind: "apart"; block: string }
  | { kind: "lock"; group: string }
  | { kind: "undo" };

export function boardReducer(board: Board | undefined, step: BoardStep): Board | undefined {
  if (step.kind === "open") return { assignment: step.assignment, locked: [], past: [] };
  if (!board) return board;
  const { assignment, locked, past } = board;
  const drawn = (next: Assignment): Board => ({ assignment: next, locked, past: [...past, assignment] });
  switch (step.kind) {
    case "move":
      // A settled grid neither gains nor loses.
      if (locked.includes(assignment[step.block]!) || locked.includes(step.group)) return board;
      return assignment[step.block] === step.group ? board : drawn({ ...assignment, [step.block]: step.group });
    case "apart":
      return locked.includes(assignment[step.block]!)
        ? board
        : drawn({ ...assignment, [step.block]: freshName(assignment) });
    case "lock": {
      const open = locked.filter((group) => group !== step.group);
      return { ...board, locked: open.length < locked.length ? open : [...locked, step.group] };
    }
    case "undo":
      return past.length ? { assignment: past.at(-1)!, locked, past: past.slice(0, -1) } : board;
  }
}

function freshName(assignment: Assignment): string {
  const taken = new Set(Object.values(assignment));
  for (let n = 1; ; n++) if (!taken.has(`new ${n}`)) return `new ${n}`;
}

/** A grid of the plan: its blocks, its load over the mean, and whether it is in one piece within its community. */
export type Group = {
  name: string;
  blocks: PlanningBlock[];
  load: number;
  /** Of the mean of all grids. */
  share: number;
  households: number;
};

/** Grids of a plan, those with the most work first. */
export function groupsOf(blocks: readonly PlanningBlock[], assignment: Assignment): Group[] {
  const total = blocks.reduce((sum, { workload }) => sum + workload, 0);
  const groups = Map.groupBy(blocks, ({ code }) => assignment[code]!);
  const mean = total / groups.size;
  return [...groups]
    .map(([name, own]) => {
      const load = own.reduce((sum, { workload }) => sum + workload, 0);
      const households = own.reduce((sum, each) => sum + (each.households ?? 0), 0);
      return { name, blocks: own, load, share: load / mean, households };
    })
    .toSorted((a, b) => b.load - a.load);
}

/** Figures of what is on the board, counted at once; nothing where it cannot be measured. */
export function figuresOf(input: RegionInput, assignment: Assignment): Figures {
  return measurePlan(input, assignment);
}

/** Groups that a block could go to: those of its community. */
export function choicesFor(block: PlanningBlock, groups: readonly Group[]): Group[] {
  return groups.filter(({ blocks }) => blocks.some(({ community }) => community === block.community));
}
