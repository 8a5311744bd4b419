import { expect, it } from "vitest";
import { signedIn, useHouse, visitor } from "../../support/house.ts";
import { writesPerMinute } from "../../../apps/server/src/features/open311/ask.ts";
import { aKey, aRequest, client } from "./client.ts";

const made = useHouse();
const open311 = client(made);

it("is given by the city's administrator, shown once, and kept only as a hash", async () => {
  const { id, key } = await aKey(made, "海岛随手拍");
  expect(key).toMatch(/^[\w-]{43}$/);
  const admin = await signedIn(made, "admin");
  const list = await admin.get("/api/admin/open311-keys");
  expect(list.body.keys[0]).toMatchObject({ id, holder: "海岛随手拍" });
  expect(list.text).not.toContain(key);
  const rows = await made.house.db.selectFrom("api_keys").selectAll().execute();
  expect(JSON.stringify(rows.map((row) => ({ ...row, key_hash: row.key_hash.toString("utf8") })))).not.toContain(key);
  expect((await open311.post("/requests.json", aRequest(key))).status).toBe(200);
});

it("stops working the moment it is ended, and both acts are on record", async () => {
  const { id, key } = await aKey(made);
  const admin = await signedIn(made, "admin");
  expect((await admin.send("DELETE", `/api/admin/open311-keys/${id}`)).status).toBe(204);
  const refused = await open311.post("/requests.json", aRequest(key));
  expect([refused.status, refused.body]).toEqual([403, [{ code: 403, description: "The api_key is not valid." }]]);
  expect((await open311.get(`/services.json?api_key=${key}`)).status).toBe(403);
  expect((await admin.send("DELETE", `/api/admin/open311-keys/${id}`)).status).toBe(404);
  const acts = await made.house.db
    .selectFrom("audit")
    .select(["action"])
    .where("target", "=", id)
    .orderBy("id")
    .execute();
  expect(acts.map((row) => row.action)).toEqual(["createKey", "endKey"]);
});

it("is given by nobody else", async () => {
  for (const person of [visitor(made), await signedIn(made, "dispatch")])
    expect([401, 403]).toContain((await person.send("POST", "/api/admin/open311-keys", { holder: "me too" })).status);
});

it("is slowed down when it writes too much, without slowing another", async () => {
  const [busy, calm] = [await aKey(made), await aKey(made)];
  let last = await open311.post("/requests.json", aRequest(busy.key, { service_code: "none" }));
  for (let i = 1; i < writesPerMinute; i += 1)
    last = await open311.post("/requests.json", aRequest(busy.key, { service_code: "none" }));
  expect(last.status).toBe(404);
  const slowed = await open311.post("/requests.xml", aRequest(busy.key));
  expect([slowed.status, slowed.body[0].code, slowed.headers["retry-after"]]).toEqual([429, "429", "60"]);
  expect((await open311.post("/requests.json", aRequest(calm.key))).status).toBe(200);
  made.clock.now += 60_000;
  expect((await open311.post("/requests.json", aRequest(busy.key))).status).toBe(200);
});
