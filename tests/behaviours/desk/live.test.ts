import { afterAll, beforeAll, expect, it } from "vitest";
import { aReport, dispatched, give, signedIn, useHouse, visitor, type Person } from "../../support/house.ts";

const made = useHouse();
let base = "";
const closing: AbortController[] = [];

beforeAll(async () => {
  base = await made.app.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(() => closing.forEach((each) => each.abort()));

/** Listens as a page of this person would; what it was told is collected. */
async function listen(person: Person): Promise<{ told: string[]; until(count: number): Promise<void> }> {
  const controller = new AbortController();
  closing.push(controller);
  const answer = await fetch(`${base}/api/events`, { headers: { cookie: person.cookie }, signal: controller.signal });
  expect(answer.headers.get("content-type")).toBe("text/event-stream");
  const told: string[] = [];
  const waiting = new Set<() => void>();
  void (async () => {
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
      for (const [, line] of chunk.matchAll(/^data: (.*)$/gm)) told.push(line!);
      for (const look of waiting) look();
    }
  })().catch(() => {});
  return {
    told,
    until: (count) =>
      new Promise((done) => {
        const look = (): void => void (told.length >= count && (waiting.delete(look), done()));
        waiting.add(look);
        look();
      }),
  };
}

it("tells open pages of changes in their reach at once, by identifiers alone", async () => {
  const [desk, far, unit] = await Promise.all(
    ["dispatch", "330922-publicWorks", "330903-publicWorks"].map((login) => signedIn(made, login)),
  );
  const [atDesk, farAway, atUnit] = await Promise.all([desk!, far!, unit!].map(listen));
  const { id } = (await visitor(made).send("POST", "/api/cases", aReport())).body;
  await atDesk!.until(1);
  await give(desk!, id, { type: "file" });
  await give(desk!, id, { type: "dispatch", lead: "330903-publicWorks", assist: [] });
  await Promise.all([atDesk!.until(3), atUnit!.until(1)]);
  expect(atDesk!.told.map((line) => JSON.parse(line).state)).toEqual(["reported", "filed", "dispatched"]);
  expect(Object.keys(JSON.parse(atUnit!.told[0]!)).sort()).toEqual([
    "areaCode",
    "id",
    "state",
    "type",
    "unitIds",
    "version",
  ]);
  expect(farAway!.told).toEqual([]);
});

it("tells a unit that is called to a place", async () => {
  const { id } = await dispatched(made);
  const [grid, power] = await Promise.all([signedIn(made, "grid"), signedIn(made, "330903-powerCompany")]);
  const heard = await listen(power);
  const meetAt = new Date(made.clock.now + 86_400_000).toISOString();
  await give(grid, id, {
    type: "whistleCall",
    units: ["330903-powerCompany"],
    meetAt,
    place: "路口",
    reason: "线断了",
  });
  await heard.until(1);
  expect(JSON.parse(heard.told[0]!).id).toBe(id);
});
