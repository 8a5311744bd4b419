import { childCode } from "../code.ts";
import { numberingOrder } from "../numbering.ts";
import { centreOf } from "../shape.ts";
import type { Focus, GridKind, MultiPolygon, Position, Vessel } from "../types.ts";
import { apportion, divide } from "./divide.ts";
import { fleetOf, maritimeWeight } from "./fleet.ts";
import { lotOf } from "./lot.ts";
import { addLoop, dropUnused, emptyMesh, joinBorders, ringOf } from "./mesh.ts";
import type { Loop, Mesh } from "./mesh.ts";

/** What is known of a city without community lines: its townships' outlines and its communities' names. */
export type Sketch = {
  townships: { code: string; geometry: MultiPolygon }[];
  communities: { code: string; townshipCode: string; zh: string; urban: boolean }[];
};

/** A drawn grid; `geometry` is null at sea, where the extent is the roster. */
export type DrawnGrid = {
  code: string;
  zh: string;
  focus: Focus;
  kind: GridKind;
  geometry: MultiPolygon | null;
  vessels?: Vessel[];
};

/**
 * Draws indicative communities and grids into township outlines, for a demonstration city. The parts cover their
 * township exactly and share their borders corner by corner. The same input always gives the same grids.
 *
 * @param counts how many grids to draw on land and at sea
 */
export function drawGrids(sketch: Sketch, counts: { land: number; maritime: number }): DrawnGrid[] {
  const mesh = emptyMesh();
  const owned = sketch.townships.flatMap(({ code, geometry }) =>
    geometry.coordinates.map((polygon) => ({ code, loop: addLoop(mesh, polygon) })),
  );
  const joined = joinBorders(
    mesh,
    owned.map(({ loop }) => loop),
    3,
  );
  const gridsOf = shareOut(sketch, counts.land, ({ urban }) => (urban ? 1.25 : 1));
  const plots = sketch.townships.flatMap(({ code }) => {
    const islands = joined.filter((_, i) => owned[i]!.code === code);
    const communities = sketch.communities.filter(({ townshipCode }) => townshipCode === code);
    return settle(mesh, islands, communities).flatMap(({ community, part }) =>
      inOrder(mesh, divide(mesh, part, gridsOf.get(community.code)!)).map((loops, i) => ({
        community,
        loops,
        n: i + 1,
      })),
    );
  });
  return [...landGrids(mesh, plots), ...maritimeGrids(sketch, counts.maritime, gridsOf)].toSorted((a, b) =>
    a.code < b.code ? -1 : 1,
  );
}

type Community = Sketch["communities"][number];
type Plot = { community: Community; loops: Loop[]; n: number };

/** Every community gets one, the rest go by weight. */
function shareOut(
  { communities }: Sketch,
  total: number,
  weight: (community: Community) => number,
): Map<string, number> {
  const extra = apportion(communities.map(weight), total - communities.length);
  return new Map(communities.map(({ code }, i) => [code, 1 + extra[i]!]));
}

/** Communities take their places in the order of their codes, as grids are numbered. */
function settle(mesh: Mesh, loops: Loop[], communities: Community[]) {
  const parts = inOrder(mesh, divide(mesh, loops, communities.length));
  return communities.map((community, i) => ({ community, part: parts[i]! }));
}

function inOrder(mesh: Mesh, parts: Loop[][]): Loop[][] {
  const centres = parts.map((loops): Position => centreOf(geometryOf(mesh, loops)));
  return numberingOrder(centres).map((i) => parts[i]!);
}

function geometryOf(mesh: Mesh, loops: Loop[]): MultiPolygon {
  return { type: "MultiPolygon", coordinates: loops.map((loop) => [ringOf(mesh, loop)]) };
}

function landGrids(mesh: Mesh, plots: Plot[]): DrawnGrid[] {
  const flat = plots.flatMap(({ loops }) => loops);
  const kept = dropUnused(mesh, joinBorders(mesh, flat, 0));
  let at = 0;
  return plots.map(({ community, loops, n }) => {
    const code = childCode(community.code, n);
    const geometry = geometryOf(mesh, kept.slice(at, (at += loops.length)));
    return { code, zh: `${community.zh}第${n}网格`, focus: focusOf(code), kind: kindOf(code), geometry };
  });
}

function maritimeGrids(sketch: Sketch, total: number, gridsOf: Map<string, number>): DrawnGrid[] {
  const counts = apportion(sketch.communities.map(maritimeWeight), total);
  let drawn = 0;
  return sketch.communities.flatMap((community, i) =>
    Array.from({ length: counts[i]! }, (_, k): DrawnGrid => {
      const code = childCode(community.code, gridsOf.get(community.code)! + k + 1);
      const vessels = fleetOf(code, drawn++);
      return {
        code,
        zh: `${community.zh}海上第${k + 1}网格`,
        focus: focusOf(code),
        kind: "general",
        geometry: null,
        vessels,
      };
    }),
  );
}

/** One grid in five needs more, three in ten little; which ones is decided by the digits of the code alone. */
function focusOf(code: string): Focus {
  const lot = lotOf(code) % 10;
  return lot < 2 ? "key" : lot < 7 ? "service" : "liaison";
}

function kindOf(code: string): GridKind {
  return lotOf(`${code}/kind`) % 16 === 0 ? "dedicated" : "general";
}
