import type { Actor } from "@linge/domain/access/scope.ts";
import { beforeAll, expect, it } from "vitest";
import { countQueues, listForStaff, queueKeys } from "../../../apps/server/src/features/cases/queues.ts";
import { liveDemoCity } from "../../../apps/server/src/features/demo/city.ts";
import { openInCity } from "../../../apps/server/src/features/tallies/read.ts";
import { settleAll } from "../../../apps/server/src/features/tallies/settle.ts";
import { aReport, dispatched, give, signedIn, useHouse, visitor } from "../../support/house.ts";

const made = useHouse();

const staff = (...grants: Actor["grants"]): Actor => ({ id: "x", kind: "staff", grants });
const readers: [string, Actor][] = [
  ["the city's dispatcher", staff({ role: "dispatcher", area: "330900000000" })],
  ["a district's checker", staff({ role: "checker", area: "330903000000" })],
  ["a grid worker", staff({ role: "gridWorker", area: "330902001001001" })],
  ["a unit", staff({ role: "unitHandler", unitId: "330903-publicWorks" })],
  [
    "somebody with a district and a unit in it, whose cases overlap",
    staff({ role: "checker", area: "330903000000" }, { role: "unitHandler", unitId: "330903-publicWorks" }),
  ],
  [
    "somebody with two districts, one twice",
    staff(
      { role: "checker", area: "330903000000" },
      { role: "dispatcher", area: "330902000000" },
      { role: "gridLeader", area: "330902001000" },
    ),
  ],
  ["nobody", staff()],
];

/** Cases of a queue, counted by walking its list to the end. */
async function walked(actor: Actor, queue: (typeof queueKeys)[number]): Promise<number> {
  let count = 0;
  let cursor: string | undefined;
  do {
    const page = await listForStaff(made.house, actor, { queue, sort: "due", limit: 200, cursor });
    count += page.items.length;
    cursor = page.next;
  } while (cursor);
  return count;
}

async function expectCountsToBeRight(): Promise<void> {
  for (const [name, actor] of readers)
    for (const { key, count } of await countQueues(made.house, actor))
      expect(count, `${key} of ${name}`).toBe(await walked(actor, key));
}

beforeAll(async () => {
  await liveDemoCity(made.house, "S", () => {}, { cases: 300 });
});

it("counts each queue as its list has cases, for every kind of reach", expectCountsToBeRight);

it("counts what was just done, before and after the sums are settled", async () => {
  const desk = await signedIn(made, "dispatch");
  const unit = await signedIn(made, "330903-publicWorks");
  const { id } = await dispatched(made);
  await visitor(made).send("POST", "/api/cases", aReport({ categoryId: "publicService.conduct" }));
  await visitor(made).send("POST", "/api/cases", aReport({ place: { unknown: true } }));
  await give(unit, id, { type: "accept" });
  await give(unit, id, { type: "requestExtension", until: "2026-12-20T00:00:00Z", reason: "等配件" });
  await give(desk, id, { type: "correctPlace", place: { lon: 122.1, lat: 30.02 }, reason: "电话里说错了" });
  await expectCountsToBeRight();
  await settleAll(made.house);
  await expectCountsToBeRight();
  const waiting = await made.house.pool.query("select 1 from case_shifts");
  expect(waiting.rowCount).toBe(0);
});

it("keeps sums that a count of everything would give, and nothing below zero", async () => {
  const { rows } = await made.house.pool.query<Record<string, number>>(
    "select sum(cases)::int as cases, sum(open)::int as open, min(least(cases, open, new, in_hand, to_check)) as least from case_tallies where kind = 'area' and audience <> 'public'",
  );
  const { rows: counted } = await made.house.pool.query<Record<string, number>>(
    "select count(*)::int as cases, count(*) filter (where case_queues(state, marks) @> array['open'])::int as open from cases",
  );
  expect(rows[0]).toEqual({ ...counted[0], least: 0 });
  expect(await openInCity(made.house)).toBe(counted[0]!.open);
});
