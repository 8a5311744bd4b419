import { describe, expect, it } from "vitest";
import { readCursor } from "../src/pull/cursor.ts";
import type { Row } from "../src/pull/page.ts";
import { forgets, pullPage, type Feed } from "../src/pull/pull.ts";
import { aPhone, noon, note, protocol } from "./support.ts";

const row = (id: string, change: Partial<Row> = {}): Row => ({
  kind: "request",
  id,
  version: 1,
  value: { text: id },
  rank: 1,
  ...change,
});

/** A feed over rows in memory; `gone` are those that left. */
function aFeed(rows: Row[], gone: string[] = [], run = "one"): Feed {
  const sorted = (): Row[] => rows.toSorted((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1));
  return {
    head: async () => ({ position: rows.length, run }),
    knows: async (mark) => mark.run === run,
    walk: async (after, limit) =>
      sorted()
        .filter(({ rank, id }) => !after || rank > after.rank || (rank === after.rank && `request/${id}` > after.key))
        .slice(0, limit),
    tail: async (after) => ({
      rows: rows.slice(after.position),
      removed: gone.map((id) => ({ kind: "request", id, why: "reassigned" as const })),
      reached: { position: rows.length, run },
      more: false,
    }),
  };
}

let walks = 0;
const newId = (): string => `walk${(walks += 1)}`;
const settings = (change = {}) => ({
  scopeKey: "hai",
  cap: 100,
  limit: 2,
  now: noon,
  forgets: false,
  newId,
  ...change,
});

async function pullAll(phone: Awaited<ReturnType<typeof aPhone>>, feed: Feed, change = {}): Promise<number> {
  let pages = 0;
  for (let more = true; more; pages += 1) {
    const { cursor } = await phone.nextPull();
    const page = await pullPage(feed, cursor, settings(change));
    await phone.takePull({ protocol, page });
    more = page.more;
  }
  return pages;
}

const held = async (phone: Awaited<ReturnType<typeof aPhone>>) => (await phone.records()).map(({ id }) => id).sort();

describe("what changed comes in pages", () => {
  it("walks over everything, resumes after every page, and then brings only what is new", async () => {
    const phone = await aPhone();
    const rows = ["a", "b", "c", "d", "e"].map((id) => row(id));
    expect(await pullAll(phone, aFeed(rows))).toBe(4);
    expect(await held(phone)).toEqual(["a", "b", "c", "d", "e"]);
    expect(await pullAll(phone, aFeed([...rows, row("f")]))).toBe(1);
    expect(await held(phone)).toEqual(["a", "b", "c", "d", "e", "f"]);
  });

  it("ignores a page that comes late or twice", async () => {
    const phone = await aPhone();
    const page = await pullPage(aFeed([row("a")]), "", settings());
    expect((await phone.takePull({ protocol, page })).taken).toBe(true);
    expect((await phone.takePull({ protocol, page })).taken).toBe(false);
  });

  it("takes reassigned work off the phone, and leaves what its worker wrote about it", async () => {
    const phone = await aPhone();
    await pullAll(phone, aFeed([row("a"), row("b")]));
    await phone.queue(note("a"));
    await pullAll(phone, aFeed([row("a"), row("b")], ["a"]));
    expect(await held(phone)).toEqual(["b"]);
    expect(await phone.counts()).toMatchObject({ waiting: 1 });
  });

  it("walks anew when the scope is another, and drops what is no longer in it", async () => {
    const phone = await aPhone();
    await pullAll(phone, aFeed([row("a"), row("b")]));
    await pullAll(phone, aFeed([row("c")]), { scopeKey: "hai elsewhere" });
    expect(await held(phone)).toEqual(["c"]);
  });

  it("walks anew and offers its work again when the server was restored", async () => {
    const phone = await aPhone();
    const { command } = await phone.queue(note());
    const request = (await phone.nextPush())!;
    const time = new Date(noon).toISOString();
    const answers = [{ id: command.id, outcome: "accepted" as const, version: 1 }];
    await phone.takePush(request, { protocol, time, answers, forked: false });
    await pullAll(phone, aFeed([row("a")]));
    expect(await phone.nextPush()).toBeUndefined();
    await pullAll(phone, aFeed([row("b")], [], "restored"));
    expect(await held(phone)).toEqual(["b"]);
    expect((await phone.nextPush())?.commands).toEqual([command]);
  });

  it("lets go of what is too old by the server's time", async () => {
    const phone = await aPhone();
    await pullAll(phone, aFeed([row("a", { expiresAt: "2026-11-23T05:00:00.000Z" }), row("b")]));
    const page = await pullPage(aFeed([row("a"), row("b")]), (await phone.nextPull()).cursor, settings());
    await phone.takePull({ protocol, page: { ...page, rows: [], time: "2026-11-23T06:00:00.000Z" } });
    expect(await held(phone)).toEqual(["b"]);
  });

  it("keeps the most urgent when there is more than the cap, says so, and fetches the rest when there is room", async () => {
    const phone = await aPhone({ cap: 3 });
    const rows = ["a", "b", "c", "d"].map((id, rank) => row(id, { rank }));
    await pullAll(phone, aFeed(rows), { cap: 3 });
    expect(await held(phone)).toEqual(["a", "b", "c"]);
    expect((await phone.state()).capped).toBe(true);
    await pullAll(phone, aFeed(rows.slice(0, 4), ["a"]), { cap: 3 });
    await pullAll(phone, aFeed(rows.slice(1)), { cap: 3 });
    expect(await held(phone)).toEqual(["b", "c", "d"]);
  });
});

describe("cursors", () => {
  it.each(["", "x", "e30=", btoa('{"scope":"a","mark":{"position":"1","run":"x"}}')])("%j begins a walk", (text) =>
    expect(readCursor(text)).toBeUndefined(),
  );

  it.each([
    [{ b1: 3 }, [["b1", 4]], false],
    [{ b1: 3 }, [["b1", 3]], true],
    [{ b1: 3 }, [], true],
    [{}, [["b1", 9]], false],
  ] as const)("answers to %j from a server at %j: forgotten is %j", (answered, next, lost) =>
    expect(forgets(answered, new Map(next))).toBe(lost),
  );
});
