import { randomUUID } from "node:crypto";
import { exchange } from "@linge/sync/phone/exchange.ts";
import { openPhone, type Phone } from "@linge/sync/phone/phone.ts";
import type { Entry } from "@linge/sync/outbox/entry.ts";
import type { Transport } from "@linge/sync/protocol/message.ts";
import { memoryStore, type MemoryStore } from "@linge/sync/store/memory.ts";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { seededRandom, type Random } from "../../../packages/sync/sim/random.ts";
import { seesCase } from "../../../apps/server/src/features/cases/scope.ts";
import { readRecords } from "../../../apps/server/src/features/cases/store.ts";
import { give, signedIn, useHouse } from "../../support/house.ts";
import { hire, note, reassign, report, wire, type Reach, type Worker } from "./field.ts";

const made = useHouse();
const putuo = { lon: 122.3, lat: 29.95 };
const shengsi = { lon: 122.45, lat: 30.72 };
const counties = ["330903000000", "330922000000"];

class Dead extends Error {}

type Carried = { worker: Worker; reach: Reach; phone: Phone; store: MemoryStore; offset: number; dies: boolean };
type World = { random: Random; carried: Carried[]; late: (() => Promise<unknown>)[] };

const storeThatDies = (of: () => Carried | undefined, from?: ReturnType<MemoryStore["snapshot"]>): MemoryStore =>
  memoryStore(from, () => {
    const carried = of();
    if (!carried?.dies) return;
    carried.dies = false;
    throw new Dead();
  });

const open = (carried: Omit<Carried, "phone">, batch: number): Promise<Phone> =>
  openPhone({
    store: carried.store,
    worker: carried.worker.id,
    newId: randomUUID,
    clock: () => made.clock.now + carried.offset,
    batch: { commands: batch, characters: 100_000 },
  });

async function carry(random: Random): Promise<Carried> {
  const reach: Reach = { role: "gridWorker", area: random.pick(counties) };
  const worker = await hire(made, reach);
  const carried = { worker, reach, dies: false, offset: (random.next() - 0.5) * 2 * 366 * 86_400_000 } as Carried;
  carried.store = storeThatDies(() => carried);
  carried.phone = await open(carried, random.pick([1, 3, 100]));
  return carried;
}

/** A line on which requests and answers are lost, come twice at once, or come again much later. */
function badLine({ random, late }: World, worker: Worker): Transport {
  const good = wire(worker);
  const lost = { ok: false as const, trouble: "offline" as const };
  const over = async <T>(send: () => Promise<T>): Promise<T | typeof lost> => {
    if (random.chance(0.15)) return lost;
    if (random.chance(0.15)) late.push(send);
    const answers = await Promise.all(random.chance(0.2) ? [send(), send()] : [send()]);
    return random.chance(0.2) ? lost : answers.at(-1)!;
  };
  return { push: (request) => over(() => good.push(request)), pull: (request) => over(() => good.pull(request)) };
}

/** Cuts every connection of the server to its database, in the middle of whatever it is doing, and sees them all renewed. */
async function cutConnections(): Promise<void> {
  const client = new pg.Client(made.owner);
  await client.connect();
  await client.query(
    "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and usename = 'linge_app'",
  );
  await client.end();
  const { pool } = made.house;
  const isWhole = (): Promise<boolean> =>
    Promise.all(Array.from({ length: pool.options.max! }, () => pool.query("select 1"))).then(
      () => true,
      () => false,
    );
  while (!(await isWhole()));
}

/** Plans a visit, or notes something of one that is there; several phones write in the same ones. */
async function visitDeed(random: Random, phone: Phone) {
  const known = (await phone.records()).filter(({ kind }) => kind === "visit").map(({ id }) => id);
  const day = (): string => `2026-12-0${1 + random.below(9)}`;
  const edit = { kind: "visit", type: "edit" };
  if (!known.length || random.chance(0.3)) {
    const areaCode = random.pick(
      made.house.territory
        .all()
        .filter(({ level }) => level === "grid")
        .slice(0, 900),
    ).code;
    const fields = { door: `${1 + random.below(9)} 号楼`, dueOn: day() };
    return { ...edit, recordId: randomUUID(), data: { areaCode, fields } };
  }
  const fields = random.chance(0.5) ? { dueOn: day() } : { agreed: true, "need.medicine": random.chance(0.5) };
  return { ...edit, recordId: random.pick(known), data: { fields } };
}

async function deed({ random }: World, { phone }: Carried): Promise<void> {
  const known = (await phone.records()).filter(({ kind }) => kind === "case").map(({ id }) => id);
  const own = (await phone.entries()).flatMap(({ command: { kind, recordId } }) => (kind === "case" ? recordId : []));
  const ids = [...known, ...own];
  if (random.chance(0.25)) return void (await phone.queue(await visitDeed(random, phone)));
  if (!ids.length || random.chance(0.3)) {
    await phone.queue(report(`路灯灭了 ${randomUUID()}`, { place: random.pick([putuo, shengsi]) }));
    return;
  }
  const recordId = random.pick(ids);
  if (random.chance(0.85)) await phone.queue(note(recordId, randomUUID()));
  else
    await phone.queue({
      kind: "case",
      recordId,
      type: "correctPlace",
      data: { place: random.pick([putuo, shengsi]), reason: randomUUID() },
    });
}

async function step(world: World): Promise<void> {
  const { random, carried, late } = world;
  const one = random.pick(carried);
  made.clock.now += 1_000;
  if (random.chance(0.1)) one.dies = true;
  if (random.chance(0.06)) {
    one.reach = { role: "gridWorker", area: random.pick(counties) };
    await reassign(made, one.worker.id, one.reach);
  }
  const choice = random.next();
  if (choice < 0.55) await deed(world, one);
  else if (choice < 0.65 && late.length) await late.splice(random.below(late.length), 1)[0]!();
  else {
    const cut = random.chance(0.1) ? cutConnections() : undefined;
    await exchange(one.phone, badLine(world, one.worker));
    await cut;
  }
}

const workOf = (store: MemoryStore): Entry[] => {
  const kept = store.snapshot();
  return [...(kept.get("outbox")?.values() ?? []), ...(kept.get("settled")?.values() ?? [])] as Entry[];
};

async function timesDone(id: string): Promise<number> {
  const rows = await made.house.db
    .selectFrom("commands")
    .select("id")
    .where("city_id", "=", made.house.cityId)
    .where("id", "=", id)
    .execute();
  return rows.length;
}

/** How often what a command says is in the history. */
async function timesSaid({ id, kind, type, recordId, data }: Entry["command"]): Promise<number> {
  if (kind === "visit") {
    const done = await made.house.pool.query<{ n: number }>(
      "select count(*)::int as n from commands where city_id = $1 and id = $2 and type = 'editVisit'",
      [made.house.cityId, id],
    );
    return done.rows[0]!.n;
  }
  const said =
    type === "report"
      ? { which: "type = 'reported' and case_id::text = $2", what: recordId }
      : type === "addInternalNote"
        ? { which: "data->>'text' = $2", what: String(data.text) }
        : { which: "type = 'placeCorrected' and data->>'reason' = $2", what: String(data.reason) };
  const found = await made.house.pool.query(`select 1 from case_events where city_id = $1 and ${said.which}`, [
    made.house.cityId,
    said.what,
  ]);
  return found.rows.length;
}

/** What is wrong at the end, when everybody had a good line. */
async function wrongs({ carried }: World): Promise<string[]> {
  const wrong: string[] = [];
  for (const { store } of carried)
    for (const { command, state } of workOf(store)) {
      const done = state === "accepted" ? 1 : 0;
      if (!["accepted", "notAccepted"].includes(state)) wrong.push(`${command.id} is ${state}`);
      if ((await timesDone(command.id)) !== done) wrong.push(`${command.id} is ${state} and is not done ${done} times`);
      const said = command.type === "verify" ? done : await timesSaid(command);
      if (said !== done) wrong.push(`${command.id} was written ${said} times`);
    }
  const { house } = made;
  const ids = (await house.db.selectFrom("cases").select("id").where("city_id", "=", house.cityId).execute()).map(
    ({ id }) => id,
  );
  const records = await readRecords(house.db, house.cityId, ids);
  const visits = await house.pool.query<{ id: string; area_code: string; version: number; events: number }>(
    `select id, area_code, version, (select count(*)::int from visit_events e where e.city_id = v.city_id and e.visit_id = v.id) as events
     from visits v where city_id = $1`,
    [house.cityId],
  );
  for (const { id, version, events } of visits.rows)
    if (events !== version) wrong.push(`visit ${id} of version ${version} was changed ${events} times`);
  for (const { worker, reach, phone } of carried) {
    const held = new Map((await phone.records()).map((row) => [row.id, row]));
    for (const visit of visits.rows) {
      const may = visit.area_code.startsWith(reach.area!.slice(0, 6));
      if (may !== held.has(visit.id)) wrong.push(`visit ${visit.id}: may ${may}, has ${!may}`);
      if (may && held.get(visit.id)?.version !== visit.version) wrong.push(`visit ${visit.id} is of another version`);
    }
    const rows = new Map((await phone.records()).map((row) => [row.id, row]));
    for (const record of records) {
      const may = seesCase({ id: worker.id, kind: "staff", grants: [reach] }, record);
      if (may !== rows.has(record.id)) wrong.push(`case ${record.id}: may ${may}, has ${!may}`);
      if (may && rows.get(record.id)?.version !== record.version) wrong.push(`case ${record.id} is of another version`);
    }
  }
  return wrong;
}

/** A server that has just lost its connections may say that it is busy: the phone comes again, as it does by itself. */
async function getThrough(one: Carried, tries = 20): Promise<void> {
  const { trouble } = await exchange(one.phone, wire(one.worker));
  if (!trouble) return;
  expect(tries, trouble).toBeGreaterThan(0);
  await new Promise((resolve) => setTimeout(resolve, 50));
  return getThrough(one, tries - 1);
}

async function everybodyHasSignal({ carried }: World): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 220));
    for (const one of carried) {
      one.dies = false;
      await getThrough(one);
    }
  }
}

const survive = (work: Promise<unknown>): Promise<unknown> =>
  work.catch((error: unknown) => {
    if (!(error instanceof Dead)) throw error;
  });

describe("phones over HTTP, with lost and doubled messages, kills, cut connections, moves and wrong clocks", () => {
  // To replay one alone: npm test -- tests/behaviours/sync/simulated.test.ts -t "seed 7"
  it.each(Array.from({ length: 10 }, (_, at) => at + 1))("keep every promise in seed %i", async (seed) => {
    const random = seededRandom(seed);
    const world: World = { random, carried: [], late: [] };
    for (let count = 2 + random.below(2); count > 0; count -= 1) world.carried.push(await carry(random));
    for (let turn = 0; turn < 40; turn += 1) await survive(step(world));
    for (const send of world.late) await send();
    await everybodyHasSignal(world);
    expect(await wrongs(world)).toEqual([]);
    expect(world.carried.flatMap(({ store }) => workOf(store)).length).toBeGreaterThan(5);
  });
});

describe("when one end is put back to an old copy", () => {
  const kept = [
    "cases",
    "case_reporters",
    "case_events",
    "work_orders",
    "commands",
    "visits",
    "visit_events",
    "ledger_leaves",
    "sync_branches",
    "sync_commands",
    "sync_slots",
    "sync_changes",
    "sync_runs",
  ];

  async function asOwner(...statements: string[]): Promise<void> {
    const client = new pg.Client(made.owner);
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  }

  /** The statements that put a table back as it was; what the database computes itself it computes again. */
  async function putBack(table: string): Promise<string[]> {
    const found = await made.house.pool.query<{ name: string }>(
      "select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''",
      [table],
    );
    const columns = found.rows.map(({ name }) => name).join(", ");
    return [`delete from ${table}`, `insert into ${table} (${columns}) select ${columns} from backup_${table}`];
  }

  it("gets back from the phones what a restored server had accepted and forgotten", async () => {
    const random = seededRandom(1);
    const world: World = { random, carried: [await carry(random), await carry(random)], late: [] };
    const [one, two] = world.carried as [Carried, Carried];
    await one.phone.queue(report(`以前 ${randomUUID()}`));
    await exchange(one.phone, wire(one.worker));
    await exchange(two.phone, wire(two.worker));
    await asOwner(...kept.map((table) => `create table backup_${table} as table ${table}`));
    const { command } = await one.phone.queue(report(`备份以后 ${randomUUID()}`));
    await one.phone.queue(note(command.recordId, randomUUID()));
    await two.phone.queue(report(`也是 ${randomUUID()}`));
    await everybodyHasSignal(world);
    expect(await timesDone(command.id)).toBe(1);

    await asOwner(...(await Promise.all(kept.map(putBack))).flat());
    expect(await timesDone(command.id)).toBe(0);
    await everybodyHasSignal(world);
    expect(await wrongs(world)).toEqual([]);
    expect(await timesDone(command.id)).toBe(1);
  });

  it("lets a phone that was restored go on in a branch of its own, and does nothing twice", async () => {
    const random = seededRandom(2);
    const one = await carry(random);
    const { command } = await one.phone.queue(report(`第一 ${randomUUID()}`));
    const old = one.store.snapshot();
    await exchange(one.phone, wire(one.worker));
    await one.phone.queue(note(command.recordId, randomUUID()));
    await exchange(one.phone, wire(one.worker));

    one.store = memoryStore(old);
    one.phone = await open(one, 100);
    const branch = (await one.phone.state()).branch;
    await one.phone.queue(note(command.recordId, randomUUID()));
    await everybodyHasSignal({ random, carried: [one], late: [] });
    expect((await one.phone.state()).branch).not.toBe(branch);
    expect(await wrongs({ random, carried: [one], late: [] })).toEqual([]);
  });
});

it("brings in what the desk did meanwhile, and tells the phone why its own step came too late", async () => {
  const random = seededRandom(3);
  const one = await carry(random);
  const { command } = await one.phone.queue(report(`井盖 ${randomUUID()}`));
  await exchange(one.phone, wire(one.worker));
  await one.phone.queue({
    kind: "case",
    recordId: command.recordId,
    type: "verify",
    data: { confirmed: true, note: "在" },
  });
  const desk = await signedIn(made, "filing");
  await give(desk, command.recordId, { type: "void", reason: "重复登记" });
  await everybodyHasSignal({ random, carried: [one], late: [] });
  const [entry] = await one.phone.entries();
  expect(entry).toMatchObject({
    state: "notAccepted",
    reason: { code: "notPossibleNow", params: { state: "voided" } },
  });
});
