import { readCaseNumber } from "@linge/domain/case/number.ts";
import { endedStates } from "@linge/domain/case/state.ts";
import { sql, type RawBuilder } from "kysely";
import type { House } from "../../platform/house.ts";
import { numberOf, type Parameters } from "./parameters.ts";
import { periodOf, recent, type Period } from "./period.ts";
import { refuseWith } from "./problem.ts";
import { knownCategories } from "./services.ts";

/** A condition on `cases c`. */
export type Condition = RawBuilder<unknown>;

/** Cases named by number, which overrides every other filter; numbers that cannot be one find nothing. */
export function namedCases(parameters: Parameters): Condition | undefined {
  const ids = parameters.list("service_request_id");
  if (!ids.length) return undefined;
  if (ids.length > 1000)
    refuseWith(
      400,
      "一次最多查 1000 个 service_request_id。",
      "Up to 1,000 service_request_id can be asked for at once.",
    );
  const numbers = ids.map((id) => readCaseNumber(id)).filter((number) => number !== undefined);
  return sql`c.number = any(${numbers}::text[])`;
}

/** @throws Open311Refusal 404 for a service that is none */
export function byService(house: House, parameters: Parameters): Condition[] {
  const codes = parameters.list("service_code");
  if (!codes.length) return [];
  const ids = codes.flatMap((code) => knownCategories(house, code).map((category) => category.id));
  return [sql`c.category_id = any(${ids}::text[])`];
}

/** Open and closed together are no filter. */
export function byStatus(parameters: Parameters): Condition[] {
  const wanted = new Set(parameters.list("status").map((status) => status.toLowerCase()));
  for (const status of wanted)
    if (status !== "open" && status !== "closed")
      refuseWith(400, "status 只能是 open 或 closed。", "status must be open or closed.");
  if (wanted.size !== 1) return [];
  const ended = sql`c.state = any(${[...endedStates]}::text[])`;
  return [wanted.has("closed") ? ended : sql`not (${ended})`];
}

const during = (column: Condition, { from, to }: Period): Condition[] => [
  sql`${column} >= ${from}`,
  ...(to ? [sql`${column} <= ${to}`] : []),
];

/** When a request was made; or, when only changes are asked for, when it changed. Never more than 90 days. */
export function byTime(parameters: Parameters, now: number): { conditions: Condition[]; byChange: boolean } {
  const made = periodOf(parameters, "start_date", "end_date");
  const changed = periodOf(parameters, "updated_after", "updated_before");
  const conditions = [
    ...(made || !changed ? during(sql`c.reported_at`, made ?? recent(now)) : []),
    ...(changed ? during(sql`c.updated_at`, changed) : []),
  ];
  return { conditions, byChange: changed !== undefined };
}

const metresPerDegree = 111_195;
const defaultRadius = 1000;

/**
 * Near a point, in metres. Distances are taken to the published place, which is rounded to about 100 m: taken to the
 * real one, a few questions with different points would give it away.
 */
export function byPlace(parameters: Parameters): Condition[] {
  const lat = numberOf(parameters, "lat", -90, 90);
  const lon = numberOf(parameters, "long", -180, 180);
  const radius = numberOf(parameters, "radius", 1, 50_000);
  if (lat === undefined && lon === undefined && radius === undefined) return [];
  if (lat === undefined || lon === undefined)
    refuseWith(400, "lat 和 long 要一起给出。", "lat and long must be given together.");
  const reach = radius ?? defaultRadius;
  const narrow = Math.max(Math.cos((lat * Math.PI) / 180), 0.01);
  const [high, wide] = [reach / metresPerDegree + 0.001, reach / metresPerDegree / narrow + 0.001];
  const box = `((${lon - wide},${lat - high}),(${lon + wide},${lat + high}))`;
  const east = sql`(round((c.location[0])::numeric, 3)::float8 - ${lon}::float8) * ${metresPerDegree * narrow}::float8`;
  const north = sql`(round((c.location[1])::numeric, 3)::float8 - ${lat}::float8) * ${metresPerDegree}::float8`;
  return [
    sql`c.published`,
    sql`c.location <@ ${box}::box`,
    sql`power(${east}, 2) + power(${north}, 2) <= power(${reach}::float8, 2)`,
  ];
}
