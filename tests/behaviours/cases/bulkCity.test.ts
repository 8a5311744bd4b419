import pg from "pg";
import { expect, it } from "vitest";
import { liveDemoCity } from "../../../apps/server/src/features/demo/city.ts";
import { countQueues } from "../../../apps/server/src/features/cases/queues.ts";
import { useHouse, visitor } from "../../support/house.ts";

const made = useHouse();
const cases = 2_500;
const live = (): Promise<void> => liveDemoCity(made.house, "XL", () => {}, { cases });

async function count(query: string): Promise<number> {
  const { rows } = await made.house.pool.query<{ n: number }>(`select (${query})::int as n`);
  return rows[0]!.n;
}

/** Cuts every connection of threads that write, as soon as something is written. */
async function cutOnce(owner: pg.Client): Promise<void> {
  for (;;) {
    const { rowCount } = await owner.query("select 1 from settings where kind = 'demoChunk'");
    if (rowCount) break;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await owner.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'linge' and pid <> pg_backend_pid()",
  );
}

it("a very large city is lived in threads by the same rules, goes on after its connections are cut, and is whole", async () => {
  const owner = new pg.Client(made.owner);
  await owner.connect();
  const indexes = async (): Promise<string[]> => {
    const { rows } = await owner.query<{ indexdef: string }>(
      "select indexdef from pg_indexes where schemaname = 'public'",
    );
    return rows.map(({ indexdef }) => indexdef).sort();
  };
  const before = await indexes();
  const [broken] = await Promise.allSettled([live(), cutOnce(owner)]);
  expect(broken.status).toBe("rejected");
  const begun = await count("select count(*) from cases");
  expect(begun).toBeLessThan(cases);
  await live();
  await live();
  expect(await count("select count(*) from cases where synthetic")).toBe(cases);
  expect(await indexes()).toEqual(before);
  await owner.end();

  // Nothing of a life is missing: as many first events as cases, and a leaf of the log for each.
  expect(await count("select count(*) from case_events where type = 'reported'")).toBe(cases);
  expect(await count("select count(*) from ledger_leaves where kind = 'reported'")).toBe(cases);
  expect(
    await count("select count(*) from cases c where not exists (select from case_events e where e.case_id = c.id)"),
  ).toBe(0);
  // Figures and sums are those that counting would give.
  expect(await count("select sum(reported) from case_days")).toBe(cases);
  expect(await count("select sum(closed) from case_days")).toBe(
    await count("select count(*) from case_events where type = 'closed'"),
  );
  const desk = { id: "x", kind: "staff", grants: [{ role: "dispatcher", area: "330900000000" }] } as const;
  const open = (await countQueues(made.house, desk)).find(({ key }) => key === "open")!.count;
  expect(open).toBe(await count("select count(*) from cases where case_queues(state, marks) @> array['open']"));
  const page = await visitor(made).get("/api/public/cases?q=路灯");
  expect(page.body.items.length).toBeGreaterThan(0);
  expect(page.body.items.every((item: { synthetic: boolean }) => item.synthetic)).toBe(true);
});
