import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { JobKind, Task } from "../../../apps/server/src/platform/jobs/kind.ts";
import { ask, cancel, claim, forget } from "../../../apps/server/src/platform/jobs/queue.ts";
import { keepWorking, workOff, workOnce } from "../../../apps/server/src/platform/jobs/work.ts";
import { useHouse } from "../../support/house.ts";

const made = useHouse();
let owner: pg.Client;

beforeAll(async () => {
  owner = new pg.Client(made.owner);
  await owner.connect();
  await owner.query("create table sums (key text primary key, n integer not null)");
  await owner.query("grant select, insert, update on sums to linge_app");
});
afterAll(() => owner.end());
beforeEach(() => owner.query("truncate sums, jobs"));

/** Adds one to the sum of its key, in the transaction that ends the job. */
const counting = (before: (task: Task) => Promise<void> = async () => {}): JobKind => ({
  kind: "count",
  line: "quick",
  mostTries: 2,
  async work(_, task) {
    await before(task);
    await task.finish(async (tx) => {
      await tx
        .insertInto("sums" as never)
        .values({ key: task.key, n: 1 } as never)
        .onConflict((conflict) => conflict.column("key" as never).doUpdateSet({ n: 2 } as never))
        .execute();
    });
  },
});
const sums = async () => (await owner.query<{ key: string; n: number }>("select key, n from sums order by key")).rows;
const states = async () => (await owner.query("select state, tries, problem from jobs order by id")).rows;
const asked = (...keys: string[]) =>
  ask(
    made.house,
    keys.map((key) => ({ kind: "count", key })),
    made.clock.now,
  );
/** What happens to a worker that is killed: nothing more is heard of it, and its lease runs out. */
const runOut = () => owner.query("update jobs set leased_until = now() - interval '1 second' where state = 'running'");

describe("a job", () => {
  it("that is asked for twice is done once", async () => {
    expect(await asked("a", "b")).toBe(2);
    expect(await asked("a", "c")).toBe(1);
    await workOff(made.house, [counting()]);
    expect(await asked("a")).toBe(0);
    await workOff(made.house, [counting()]);
    expect(await sums()).toEqual(["a", "b", "c"].map((key) => ({ key, n: 1 })));
  });

  it("is shared by several workers and done by one of them", async () => {
    const keys = Array.from({ length: 24 }, (_, i) => `job ${String(i).padStart(2, "0")}`);
    await asked(...keys);
    const doneBy = [0, 0, 0];
    await Promise.all(doneBy.map((_, i) => workOff(made.house, [counting(async () => void doneBy[i]++)])));
    expect(doneBy.reduce((sum, n) => sum + n)).toBe(keys.length);
    expect(doneBy.filter((n) => n > 0).length).toBeGreaterThan(1);
    expect(await sums()).toEqual(keys.map((key) => ({ key, n: 1 })));
  });

  it("whose worker was killed is done by the next, and what the dead one would still write is rolled back", async () => {
    await asked("a");
    const slow = counting(async () => {
      await runOut();
      // Meanwhile somebody else takes it over and finishes it.
      expect(await workOnce(made.house, [counting()])).toBe(true);
    });
    await workOnce(made.house, [slow]);
    expect(await sums()).toEqual([{ key: "a", n: 1 }]);
    expect(await states()).toMatchObject([{ state: "done", tries: 2 }]);
  });

  it("is not taken while its worker holds it, and is taken when the lease has run out", async () => {
    await asked("a");
    const first = await claim(made.house, ["count"], "first", 60, made.clock.now);
    expect(first).toMatchObject({ key: "a", tries: 1 });
    expect(await claim(made.house, ["count"], "second", 60, made.clock.now)).toBeUndefined();
    await runOut();
    expect(await claim(made.house, ["count"], "second", 60, made.clock.now)).toMatchObject({ key: "a", tries: 2 });
  });

  it("that fails is tried again later and then left with its reason; nothing of it is written", async () => {
    await asked("a");
    const failing = counting(async () => {
      throw new Error("the sea was rough");
    });
    await workOff(made.house, [failing]);
    expect(await states()).toEqual([{ state: "waiting", tries: 1, problem: "the sea was rough" }]);
    expect(await workOnce(made.house, [failing])).toBe(false);
    made.clock.now += 3_600_000;
    await workOff(made.house, [failing]);
    expect(await states()).toEqual([{ state: "failed", tries: 2, problem: "the sea was rough" }]);
    expect(await sums()).toEqual([]);
    made.clock.now -= 3_600_000;
  });

  it("waits until it is due, and can be cancelled until it is done", async () => {
    await ask(made.house, [{ kind: "count", key: "later", dueAt: made.clock.now + 1000 }], made.clock.now);
    expect(await workOnce(made.house, [counting()])).toBe(false);
    await cancel(made.house, "count", "lat", made.clock.now);
    made.clock.now += 2000;
    expect(await workOnce(made.house, [counting()])).toBe(false);
    await asked("now");
    await workOnce(made.house, [counting(() => cancel(made.house, "count", "now", made.clock.now))]);
    expect(await sums()).toEqual([]);
    expect((await states()).map(({ state }) => state)).toEqual(["cancelled", "cancelled"]);
    made.clock.now -= 2000;
  });

  it("goes back untouched when the server stops, and comes with the clock when it runs", async () => {
    await asked("a");
    let begun = (): void => {};
    const started = new Promise<void>((resolve) => (begun = resolve));
    const long = counting(async ({ signal }) => {
      begun();
      await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
    });
    const server = keepWorking(made.house, [long], async () => []);
    await started;
    await server.stop();
    expect(await states()).toEqual([{ state: "waiting", tries: 0, problem: null }]);
    const other = keepWorking(made.house, [counting()], async () => [{ kind: "count", key: "by the clock" }]);
    await expect.poll(sums, { timeout: 30_000 }).toHaveLength(2);
    await other.stop();
  });

  it("that ended long ago is forgotten", async () => {
    await asked("a");
    await workOff(made.house, [counting()]);
    await forget(made.house, made.clock.now - 1);
    expect(await states()).toHaveLength(1);
    await forget(made.house, made.clock.now + 1);
    expect(await states()).toEqual([]);
  });

  it("of another city is not seen", async () => {
    await owner.query(
      "insert into jobs (city_id, id, kind, key, due_at) values ('other', gen_random_uuid(), 'count', 'a', now())",
    );
    expect(await workOnce(made.house, [counting()])).toBe(false);
  });
});
