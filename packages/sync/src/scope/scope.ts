import { canonical } from "../json.ts";

/**
 * What a grant reaches, as rows are tested for it: a prefix of the area's code, or a unit; of the kinds named, or of all.
 */
export type Reach = {
  area?: string;
  unitId?: string;
  confidential: boolean;
  endedDays: number;
  kinds?: readonly string[];
};

/** What a worker's phone may hold: open work within reach, ended work for some days, never more than the cap. */
export type Scope = { worker: string; reaches: readonly Reach[]; cap: number };

/** What of a record decides who may hold it. `endedAt`: when nothing more was owed on it. */
export type Placed = {
  kind?: string;
  areaCode: string;
  unitIds: readonly string[];
  confidential: boolean;
  endedAt?: string;
};

const dayMs = 86_400_000;

export function reaches(reach: Reach, row: Placed): boolean {
  if (row.confidential && !reach.confidential) return false;
  if (reach.kinds && row.kind !== undefined && !reach.kinds.includes(row.kind)) return false;
  if (reach.unitId !== undefined) return row.unitIds.includes(reach.unitId);
  return reach.area !== undefined && row.areaCode.startsWith(reach.area);
}

/** Until when a row may stay on the worker's phone; undefined while it is open, null when it may not be there at all. */
export function mayStayUntil(scope: Scope, row: Placed): string | null | undefined {
  const within = scope.reaches.filter((reach) => reaches(reach, row));
  if (!within.length) return null;
  if (!row.endedAt) return undefined;
  const days = Math.max(...within.map((reach) => reach.endedDays));
  return new Date(Date.parse(row.endedAt) + days * dayMs).toISOString();
}

/** Whether a row belongs on the phone now. */
export function inScope(scope: Scope, row: Placed, now: number): boolean {
  const until = mayStayUntil(scope, row);
  return until === undefined || (until !== null && Date.parse(until) > now);
}

/** Text that changes when the scope does (work was reassigned, a role given or taken): the phone then starts a new walk. */
export function scopeKey({ worker, reaches: all, cap }: Scope, minor: number): string {
  return canonical([worker, cap, minor, all.map((reach) => canonical(reach)).sort()]);
}
