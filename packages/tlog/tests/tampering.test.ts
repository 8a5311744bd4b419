import { expect, it } from "vitest";
import { hexOf } from "../src/bytes.ts";
import { commitmentTo } from "../src/ledger/commitment.ts";
import { append, emptyFrontier, rootOfFrontier } from "../src/tree/frontier.ts";
import { leafHash } from "../src/tree/hashes.ts";
import { auditCity, makeCity, seeded, type City } from "./city.ts";

type Random = (below: number) => number;
const times = 1_000;
const cities = Array.from({ length: 40 }, (_, seed) => makeCity(5, seeded(seed + 1)));

/** Makes the log anew over today's rows, as one would who holds the server but not what others kept. */
function forge(city: City): void {
  city.published = city.rows.map((row) => row.commitment);
  city.rows.forEach((row, index) => (row.index = index));
}
/** Commits anew to a changed fact, salt and all. */
function recommit(city: City, at: number): void {
  const row = city.rows[at]!;
  row.commitment = commitmentTo(row.fact!, new Uint8Array(32).fill(1));
  row.salt = hexOf(new Uint8Array(32).fill(1));
}
const someCase = (city: City, random: Random): string => [...city.cases.keys()][random(city.cases.size)]!;

/** Each way of tampering, and what must be said of it. */
const ways: Record<string, { said: string; tamper(city: City, random: Random): void }> = {
  "a row of the ledger is deleted": {
    said: "missing",
    tamper: (city, random) => void city.rows.splice(random(city.rows.length), 1),
  },
  "a row is deleted and the log made anew without it": {
    said: "rewritten",
    tamper(city, random) {
      city.rows.splice(random(city.rows.length), 1);
      forge(city);
    },
  },
  "a field of a fact is changed": {
    said: "altered",
    tamper(city, random) {
      const { fact } = city.rows[random(city.rows.length)]!;
      const field = Object.keys(fact!.data)[random(Object.keys(fact!.data).length)]!;
      fact!.data = { ...fact!.data, [field]: "changed" };
    },
  },
  "a fact is changed and committed to anew": {
    said: "altered",
    tamper(city, random) {
      const at = random(city.rows.length);
      city.rows[at]!.fact!.data = { ...city.rows[at]!.fact!.data, unitId: "another" };
      recommit(city, at);
    },
  },
  "the words of an answer are changed in ledger and event": {
    said: "altered",
    tamper(city, random) {
      const id = someCase(city, random);
      city.rows.find((row) => row.fact!.subject === id && row.words?.answer)!.words!.answer!.text = "nothing to do";
      city.events.get(id)!.find((event) => event.type === "responded")!.data.answer = "nothing to do";
    },
  },
  "a field of an event is changed": {
    said: "altered",
    tamper(city, random) {
      const rated = city.events.get(someCase(city, random))!.find((event) => event.type === "rated")!;
      rated.data.resolved = !rated.data.resolved;
    },
  },
  "a verdict is changed on the case itself": {
    said: "altered",
    tamper(city, random) {
      const told = city.cases.get(someCase(city, random))!;
      told.rating = { ...told.rating!, satisfaction: (told.rating!.satisfaction % 5) + 1 };
    },
  },
  "a rating is dropped from case and events": {
    said: "missing",
    tamper(city, random) {
      const id = someCase(city, random);
      delete city.cases.get(id)!.rating;
      city.events.set(
        id,
        city.events.get(id)!.filter((event) => event.type !== "rated"),
      );
    },
  },
  "a rating is dropped everywhere, ledger too": {
    said: "missing",
    tamper(city, random) {
      const id = someCase(city, random);
      delete city.cases.get(id)!.rating;
      city.events.set(
        id,
        city.events.get(id)!.filter((event) => event.type !== "rated"),
      );
      city.rows.splice(
        city.rows.findIndex((row) => row.fact!.subject === id && row.fact!.kind === "rated"),
        1,
      );
    },
  },
  "a whole case is deleted, ledger too": {
    said: "missing",
    tamper(city, random) {
      const id = someCase(city, random);
      city.cases.delete(id);
      city.events.delete(id);
      city.rows = city.rows.filter((row) => row.fact!.subject !== id);
    },
  },
  "an event is invented": {
    said: "extra",
    tamper(city, random) {
      const events = city.events.get(someCase(city, random))!;
      events.push({ ...events.find((event) => event.type === "closed")!, at: "2026-11-23T02:00:30.000Z" });
    },
  },
  "a fact is invented": {
    said: "extra",
    tamper(city, random) {
      const copy = structuredClone(city.rows[random(city.rows.length)]!);
      city.rows.push({ ...copy, index: city.rows.length });
    },
  },
  "two entries change places": {
    said: "altered",
    tamper(city, random) {
      const a = random(city.rows.length - 1);
      const [one, other] = [city.rows[a]!, city.rows[a + 1]!];
      [one.index, other.index] = [other.index, one.index];
    },
  },
  "two entries change places in rows and log": {
    said: "rewritten",
    tamper(city, random) {
      const a = random(city.rows.length - 1);
      [city.rows[a], city.rows[a + 1]] = [city.rows[a + 1]!, city.rows[a]!];
      forge(city);
    },
  },
  "the log is truncated": {
    said: "rewritten",
    tamper(city, random) {
      const keep = random(city.rows.length);
      city.rows = city.rows.slice(0, keep);
      city.published = city.published.slice(0, keep);
    },
  },
  "history is forked: another tree of the same size": {
    said: "rewritten",
    tamper(city, random) {
      const at = random(city.rows.length);
      recommit(city, at);
      forge(city);
    },
  },
  "a forked history's own checkpoint is given out": {
    said: "rewritten",
    tamper(city, random) {
      recommit(city, random(city.rows.length));
      const frontier = emptyFrontier();
      for (const row of city.rows) append(frontier, leafHash(row.commitment));
      city.checkpoints[random(city.checkpoints.length - 1)] = {
        size: city.rows.length,
        root: rootOfFrontier(frontier),
        at: city.checkpoints.at(-1)!.at,
      };
    },
  },
  "a fact is logged with a clock moved back": {
    said: "clock",
    tamper(city, random) {
      // Of the facts logged after the first checkpoint: how far back before it would be seen depends on that checkpoint.
      const from = Math.min(city.checkpoints[0]!.size, city.rows.length - 1);
      const { index, fact } = city.rows[from + random(city.rows.length - from)]!;
      city.rows[index]!.fact = { ...fact!, at: new Date(Date.parse(fact!.at) - 3_600_000).toISOString() };
      recommit(city, index);
      city.published[index] = city.rows[index]!.commitment;
    },
  },
  "a checkpoint is dated before the one it follows": {
    said: "clock",
    tamper(city, random) {
      const at = 1 + random(city.checkpoints.length - 1);
      city.checkpoints[at]!.at = city.checkpoints[at - 1]!.at! - 1;
    },
  },
};

it("finds nothing where nothing was touched", () => {
  for (let seed = 0; seed < 40; seed += 1) expect(auditCity(makeCity(1 + (seed % 9), seeded(seed)))).toEqual([]);
});

it("finds nothing once a person's words were destroyed as their time was up", () => {
  const city = makeCity(3, seeded(7));
  for (const row of city.rows) row.words = null;
  for (const told of city.cases.values())
    Object.assign(told, { text: "", identityRemovedAt: "2027-11-23T00:00:00.000Z" });
  expect(auditCity(city)).toEqual([]);
});

it.each(Object.entries(ways))(`finds it every time that %s`, (_, { said, tamper }) => {
  const missed: number[] = [];
  for (let seed = 1; seed <= times; seed += 1) {
    const random = seeded(seed);
    const city = structuredClone(cities[seed % cities.length]!);
    tamper(city, random);
    if (!auditCity(city).some((fault) => fault.code === said)) missed.push(seed);
  }
  expect(missed).toEqual([]);
});
