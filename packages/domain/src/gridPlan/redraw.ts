import { childCode } from "../territory/code.ts";
import { dissolve } from "../territory/dissolve.ts";
import { areaId } from "../territory/identity.ts";
import { centreOf } from "../territory/shape.ts";
import { isGrid, type Area, type Grid } from "../territory/types.ts";
import type { Assignment } from "./gridPlan.ts";

/** A grid that a plan makes: its new versions, and the grids of before that it has blocks of. */
export type Redrawn = { grid: Grid; microGrids: Area[]; formerCodes: string[] };
export type Redrawing = {
  /** Ids of the versions that end on the day. */
  ending: string[];
  made: Redrawn[];
};

/** Why a plan cannot be drawn: codes of the blocks or grids concerned. */
export type RedrawFault = { kind: "unknownBlock" | "community" | "begunToday" | "noNumberLeft"; codes: string[] };

type Given = {
  assignment: Assignment;
  /** Versions in force, of grids and micro-grids at least. */
  areas: readonly Area[];
  /** Codes that were ever used: a code never means two places. */
  usedCodes: ReadonlySet<string>;
  /** Communities by code, for the names of new grids. */
  community: (code: string) => Area | undefined;
  /** First day of the new grids. */
  day: string;
};

/** The blocks of a plan that stay a grid by themselves, whole, change nothing. */
export function redraw({ assignment, areas, usedCodes, community, day }: Given): Redrawing | RedrawFault {
  const byCode = new Map(areas.map((area) => [area.code, area]));
  const missing = Object.keys(assignment).filter((code) => !byCode.get(code)?.geometry);
  if (missing.length) return { kind: "unknownBlock", codes: missing };
  const used = new Set(usedCodes);
  const made: Redrawn[] = [];
  for (const blocks of changedGroups(assignment, areas)) {
    const former = [...new Set(blocks.map(gridOf))].map((code) => byCode.get(code)!).filter(isGrid);
    const parents = new Set(former.map(({ parentCode }) => parentCode));
    if (parents.size > 1) return { kind: "community", codes: blocks };
    const begun = former.filter(({ validFrom }) => validFrom >= day);
    if (begun.length) return { kind: "begunToday", codes: begun.map(({ code }) => code) };
    const parent = community([...parents][0]!);
    const code = parent && nextCode(used, parent.code);
    if (!parent || !code) return { kind: "noNumberLeft", codes: [...parents] };
    used.add(code);
    made.push(
      drawGrid(
        parent,
        code,
        blocks.map((each) => byCode.get(each)!),
        former,
        day,
      ),
    );
  }
  const touched = new Set(made.flatMap(({ formerCodes }) => formerCodes));
  const ending = areas.filter(
    ({ level, code }) => (level === "grid" || level === "microGrid") && touched.has(gridOf(code)),
  );
  return { ending: ending.map(({ id }) => id), made };
}

export const isRedrawFault = (drawn: Redrawing | RedrawFault): drawn is RedrawFault => "kind" in drawn;

/** A micro-grid's code begins with its grid's. */
export const gridOf = (block: string): string => block.slice(0, 15);

function changedGroups(assignment: Assignment, areas: readonly Area[]): string[][] {
  const blocksIn = new Map<string, number>();
  for (const block of Object.keys(assignment)) blocksIn.set(gridOf(block), (blocksIn.get(gridOf(block)) ?? 0) + 1);
  const known = new Set(areas.map(({ code }) => code));
  const groups = Map.groupBy(Object.keys(assignment).toSorted(), (block) => assignment[block]!);
  return [...groups.values()].filter((blocks) => {
    const [first] = blocks;
    const alone = blocks.every((block) => gridOf(block) === gridOf(first!));
    return !(alone && known.has(gridOf(first!)) && blocksIn.get(gridOf(first!)) === blocks.length);
  });
}

function nextCode(used: ReadonlySet<string>, parent: string): string | undefined {
  for (let n = 1; n <= 999; n++) if (!used.has(childCode(parent, n))) return childCode(parent, n);
  return undefined;
}

const strongest = { key: 2, service: 1, liaison: 0 };

/** One grid of several blocks: their union, the focus of the neediest grid that it comes from, a new number. */
function drawGrid(parent: Area, code: string, blocks: Area[], former: Grid[], day: string): Redrawn {
  const geometry = dissolve(blocks.map((block) => block.geometry!));
  const neediest = former.toSorted((a, b) => strongest[b.focus] - strongest[a.focus])[0]!;
  const n = Number(code.slice(12));
  const grid: Grid = {
    id: areaId(code, day),
    code,
    level: "grid",
    parentCode: parent.code,
    names: { zh: `${parent.names.zh}第${n}网格`, ...(parent.names.en && { en: `${parent.names.en} grid ${n}` }) },
    geometry,
    centre: centreOf(geometry),
    indicative: former.some((each) => each.indicative),
    focus: neediest.focus,
    kind: neediest.kind,
    validFrom: day,
    predecessors: former.map(({ id }) => id),
  };
  const micro = blocks.filter(({ level }) => level === "microGrid");
  const microGrids = micro.map((block, at): Area => {
    const own = childCode(code, at + 1);
    return { ...block, id: areaId(own, day), code: own, parentCode: code, validFrom: day, predecessors: [block.id] };
  });
  return { grid, microGrids, formerCodes: former.map((each) => each.code) };
}
