import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { useHouse, visitor } from "../../support/house.ts";
import { hire, type Worker } from "../sync/field.ts";

const made = useHouse();
let hai: Worker;
let admin: Worker;

beforeAll(async () => {
  hai = await hire(made, { role: "gridWorker", area: "330903000000" });
  admin = await hire(made, { role: "cityAdmin", area: "330900000000" });
});

async function carried(worker = hai): Promise<string> {
  const id = randomUUID();
  expect((await worker.person.send("PUT", `/api/phones/${id}`, { name: "Chrome · Android" })).status).toBe(204);
  return id;
}
const leaves = async (id: string): Promise<boolean> =>
  (await visitor(made).get(`/api/phones/${id}/standing`)).body.leave;

describe("a phone that was lost", () => {
  it("is seen by its worker and by the operator, and by nobody else", async () => {
    const id = await carried();
    const other = await hire(made, { role: "gridWorker", area: "330903000000" });
    const ids = async ({ person }: Worker): Promise<string[]> =>
      (await person.get("/api/phones")).body.phones.map((phone: { id: string }) => phone.id);
    expect(await ids(hai)).toContain(id);
    expect(await ids(admin)).toContain(id);
    expect(await ids(other)).not.toContain(id);
    expect((await other.person.send("POST", `/api/phones/${id}/sign-out`, {})).status).toBe(404);
    expect((await other.person.send("PUT", `/api/phones/${id}`, { name: "x" })).status).toBe(409);
    expect(await leaves(id)).toBe(false);
  });

  it("loses its session at once and is told to empty itself at its next contact, without a session", async () => {
    const worker = await hire(made, { role: "gridWorker", area: "330903000000" });
    const id = await carried(worker);
    expect((await admin.person.send("POST", `/api/phones/${id}/sign-out`, {})).status).toBe(204);
    expect((await worker.person.get("/api/phones")).status).toBe(401);
    expect(await leaves(id)).toBe(true);
    expect((await visitor(made).send("POST", `/api/phones/${id}/left`, {})).status).toBe(200);
    const { phones } = (await admin.person.get("/api/phones")).body;
    const row = phones.find((phone: { id: string }) => phone.id === id);
    expect(row.leftAt).toBe(new Date(made.clock.now).toISOString());
    const looked = await made.house.pool.query("select action from audit where target = $1", [id]);
    expect(looked.rows).toEqual([{ action: "signOutPhone" }]);
  });

  it("says nothing about phones that nobody knows, and is never emptied by anybody's word but its own", async () => {
    expect(await leaves(randomUUID())).toBe(false);
    const id = await carried();
    await visitor(made).send("POST", `/api/phones/${id}/left`, {});
    const { phones } = (await hai.person.get("/api/phones")).body;
    expect(phones.find((phone: { id: string }) => phone.id === id).leftAt).toBeNull();
  });
});
