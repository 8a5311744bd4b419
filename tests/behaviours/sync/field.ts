import { randomUUID } from "node:crypto";
import type { Role } from "@linge/domain/access/role.ts";
import { openPhone, type Phone, type PhoneOptions } from "@linge/sync/phone/phone.ts";
import { readResponse, type Transport } from "@linge/sync/protocol/message.ts";
import { memoryStore } from "@linge/sync/store/memory.ts";
import { openSession } from "../../../apps/server/src/features/sessions/commands.ts";
import { newId } from "../../../apps/server/src/platform/ids.ts";
import { visitor, type Person, type TestHouse } from "../../support/house.ts";

/** A worker of the test city with a session of his own. */
export type Worker = { id: string; person: Person };
export type Reach = { role: Role; area?: string; unitId?: string };

export async function grant(made: TestHouse, worker: string, reach: Reach): Promise<void> {
  const { house } = made;
  await house.db
    .insertInto("grants")
    .values({
      city_id: house.cityId,
      id: newId(),
      person_id: worker,
      role: reach.role,
      area: reach.area ?? null,
      unit_id: reach.unitId ?? null,
    })
    .execute();
}

/** Takes all rights of a worker away and gives him these. */
export async function reassign(made: TestHouse, worker: string, ...reaches: Reach[]): Promise<void> {
  const { house } = made;
  await house.db.deleteFrom("grants").where("city_id", "=", house.cityId).where("person_id", "=", worker).execute();
  for (const reach of reaches) await grant(made, worker, reach);
}

export async function hire(made: TestHouse, ...reaches: Reach[]): Promise<Worker> {
  const { house } = made;
  const id = newId();
  await house.db.insertInto("people").values({ city_id: house.cityId, id, login: id, name: "阿海" }).execute();
  for (const reach of reaches) await grant(made, id, reach);
  const { token, csrf } = await openSession(house, { personId: id }, "test");
  return { id, person: visitor(made, `linge_session=${token}`, csrf) };
}

/** The way from a phone to the server, without faults. */
export function wire({ person }: Worker): Transport {
  const post = async (url: string, body: unknown) => {
    const answer = await person.send("POST", url, body);
    return readResponse<never>(answer.status, answer.body);
  };
  return {
    push: (request) => post("/api/sync/push", request),
    pull: (request) => post("/api/sync/pull", request),
  };
}

export function phoneOf(made: TestHouse, worker: Worker, change: Partial<PhoneOptions> = {}): Promise<Phone> {
  return openPhone({
    store: memoryStore(),
    worker: worker.id,
    newId: randomUUID,
    clock: () => made.clock.now,
    ...change,
  });
}

/** What a worker writes down for a neighbour in the middle of Shenjiamen, or somewhere else. */
export function report(text = "滨港路的路灯灭了三天", change: object = {}) {
  const recordId = randomUUID();
  const data = {
    kind: "help",
    categoryId: "facilities.streetLights",
    text,
    place: { lon: 122.3, lat: 29.95, name: "沈家门" },
    ...change,
  };
  return { kind: "case", recordId, type: "report", data };
}

export const note = (recordId: string, text = "又去看了一次") => ({
  kind: "case",
  recordId,
  type: "addInternalNote",
  data: { text },
});
