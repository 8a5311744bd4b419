import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { takeEffect } from "../../../apps/server/src/features/planning/keep.ts";
import { signedIn, useHouse, type Person } from "../../support/house.ts";

const made = useHouse();
const area = "330903001000";
const community = "330903001009";
let leader: Person;
let admin: Person;

beforeAll(async () => {
  [leader, admin] = await Promise.all([signedIn(made, "leader"), signedIn(made, "admin")]);
});

const send = (who: Person, path: string, body: object) =>
  who.send("POST", `/api/planning/${path}`, { id: randomUUID(), ...body });

/** A shared plan that joins the grids of a community. */
async function shared(name: string): Promise<string> {
  const { blocks } = (await leader.get(`/api/planning/today?area=${area}`)).body;
  const assignment = Object.fromEntries(
    blocks.map(({ code }: { code: string }) => [code, code.startsWith(community) ? "one" : code]),
  );
  const { id } = (await send(leader, "plans", { area, name, assignment })).body;
  await send(leader, `plans/${id}/share`, { until: "2026-11-24" });
  return id;
}

/** Moves a corner of a grid inwards: a hole in the cover, or an overlap when moved out. */
async function bend(code: string, by: number): Promise<void> {
  const { geometry, centre } = made.house.territory.area(code)!;
  const [ring] = geometry!.coordinates[0]!;
  const bent = ring!.map(([lon, lat], at) =>
    at === 1 ? [lon + (centre![0] - lon) * by, lat + (centre![1] - lat) * by] : [lon, lat],
  );
  await made.house.db
    .updateTable("areas")
    .set({
      geometry: JSON.stringify({ type: "MultiPolygon", coordinates: [[bent], ...geometry!.coordinates.slice(1)] }),
    })
    .where("code", "=", code)
    .where("valid_to", "is", null)
    .execute();
  await made.house.territory.reload();
}

describe("cover stays proven", () => {
  it("a plan over a planted gap or overlap cannot be adopted; mended, it can", async () => {
    const id = await shared("补口");
    const grid = made.house.territory.children("330903001001").find((each) => each.geometry)!;
    for (const by of [0.3, -0.3]) {
      await bend(grid.code, by);
      const refused = await send(admin, `plans/${id}/adopt`, { from: "2026-11-26" });
      expect(refused.status).toBe(409);
      expect(refused.body.error.code).toBe("planBreaksCover");
      expect(refused.body.error.message).toContain("33090300100");
      await made.house.db
        .updateTable("areas")
        .set({ geometry: JSON.stringify(grid.geometry) })
        .where("code", "=", grid.code)
        .execute();
      await made.house.territory.reload();
    }
    expect((await send(admin, `plans/${id}/adopt`, { from: "2026-11-26" })).body.state).toBe("decided");
  });

  it("what breaks between decision and day stops the plan on its day, and says why", async () => {
    const [plan] = (await leader.get("/api/planning/plans")).body.plans;
    const grid = made.house.territory.children("330903001001").find((each) => each.geometry)!;
    await bend(grid.code, 0.3);
    made.clock.now = Date.parse("2026-11-26T02:00:00Z");
    const before = made.house.territory.children(community).length;
    expect(await takeEffect(made.house)).toEqual([]);
    const [sentBack] = (await leader.get("/api/planning/plans")).body.plans;
    expect(sentBack).toMatchObject({ id: plan.id, state: "shared", problem: { code: "planBreaksCover" } });
    expect(made.house.territory.children(community)).toHaveLength(before);
  });
});
