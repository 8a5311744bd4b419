import type { JsonObject } from "../src/json.ts";
import { openPhone, type Phone } from "../src/phone/phone.ts";
import { memoryStore, type MemoryStore } from "../src/store/memory.ts";
import { grids } from "./city.ts";
import type { Plan } from "./plan.ts";
import type { Random } from "./random.ts";
import { Killed } from "./server.ts";

type Snapshot = ReturnType<MemoryStore["snapshot"]>;

/** A phone of the simulation: its store survives kills; restoring puts an old store in its place. */
export type SimPhone = {
  name: string;
  worker: string;
  store: MemoryStore;
  phone: Phone;
  minor: number;
  /** By how much its clock is wrong, ms. */
  offset: number;
  dieAt?: "before" | "after";
  backup?: Snapshot;
  wasRestored: boolean;
};

export type Clock = { now: number };

async function start(sim: Omit<SimPhone, "phone">, random: Random, clock: Clock, plan: Plan): Promise<Phone> {
  return openPhone({
    store: sim.store,
    worker: sim.worker,
    newId: random.id,
    clock: () => clock.now + sim.offset,
    protocol: { major: 1, minor: sim.minor },
    batch: { commands: plan.batch, characters: 10_000 },
    cap: plan.cap,
  });
}

/** Makes a phone whose store dies when it is told to, just before or just after it has kept something. */
export async function makePhone(name: string, worker: string, random: Random, clock: Clock, plan: Plan) {
  const sim = { name, worker, minor: 0, wasRestored: false } as SimPhone;
  sim.offset = plan.clock ? Math.round((random.next() * 2 - 1) * plan.clock) : 0;
  sim.store = storeOf(sim);
  sim.phone = await start(sim, random, clock, plan);
  return sim;
}

function storeOf(sim: SimPhone, from?: Snapshot): MemoryStore {
  return memoryStore(from, (moment) => {
    if (sim.dieAt !== moment) return;
    sim.dieAt = undefined;
    throw new Killed(moment);
  });
}

/** Puts an old copy of everything in place of what the phone has. */
export async function restorePhone(sim: SimPhone, random: Random, clock: Clock, plan: Plan): Promise<void> {
  sim.dieAt = undefined;
  sim.store = storeOf(sim, sim.backup);
  sim.wasRestored = true;
  sim.phone = await start(sim, random, clock, plan);
}

/** Another release of the app on the same store. */
export async function updatePhone(sim: SimPhone, minor: number, random: Random, clock: Clock, plan: Plan) {
  sim.minor = minor;
  sim.dieAt = undefined;
  sim.phone = await start(sim, random, clock, plan);
}

const fieldNames = ["need", "door", "remark"];

/** Something that its worker might do now, on what he sees or on something new. */
export async function someDeed(sim: SimPhone, random: Random) {
  const rows = await sim.phone.records();
  const own = (await sim.phone.entries()).map(({ command }) => ({ kind: command.kind, id: command.recordId }));
  const known = [...rows.map(({ kind, id }) => ({ kind, id })), ...own];
  if (!known.length || random.chance(0.15)) return newDeed(sim, random);
  const { kind, id } = random.pick(known);
  if (kind === "card") return edit(id, random);
  const type = random.pick(["note", "note", "note", "finish", ...(sim.minor >= 1 ? ["thank"] : [])]);
  return { kind, recordId: id, type, data: {} as JsonObject };
}

function edit(id: string, random: Random, area?: string) {
  const fields: Record<string, number> = {};
  for (let count = 1 + random.below(2); count > 0; count -= 1) fields[random.pick(fieldNames)] = random.below(3);
  return { kind: "card", recordId: id, type: "edit", data: { fields, ...(area && { area }) } as JsonObject };
}

function newDeed(_sim: SimPhone, random: Random) {
  const area = random.pick(["A1", ...grids]);
  const id = random.id();
  if (random.chance(0.5)) return edit(id, random, area);
  return { kind: "request", recordId: id, type: "open", data: { area } as JsonObject };
}
