import type { PullRequest, PullResponse, PushRequest, PushResponse } from "../src/protocol/message.ts";
import { grids, type CityRecord } from "./city.ts";
import { checkApplied, checkOrder, checkPage, checkReplicas, checkWork, type Ledger } from "./invariants.ts";
import { makePhone, restorePhone, someDeed, updatePhone, type Clock, type SimPhone } from "./phones.ts";
import { drawPlan, type Plan } from "./plan.ts";
import { seededRandom, type Random } from "./random.ts";
import { Killed, makeServer, realParts, type ServerParts, type ServerState, type SimServer } from "./server.ts";

/** A message under way, in either direction. */
type Message =
  | { to: "server"; kind: "push"; sim: SimPhone; request: PushRequest }
  | { to: "server"; kind: "pull"; sim: SimPhone; request: PullRequest }
  | { to: "phone"; kind: "push"; sim: SimPhone; request: PushRequest; response: PushResponse }
  | { to: "phone"; kind: "pull"; sim: SimPhone; response: PullResponse };

/** Parts that a test of the simulator replaces by broken ones. */
export type Parts = {
  server: ServerParts;
  /** May change what a phone gets or forget what it has, as a broken phone would. */
  onPush?(sim: SimPhone, response: PushResponse): PushResponse;
  onPull?(sim: SimPhone, response: PullResponse): Promise<PullResponse>;
  afterSend?(sim: SimPhone, request: PushRequest): Promise<void>;
};

type World = {
  random: Random;
  plan: Plan;
  clock: Clock;
  server: SimServer;
  rights: Map<string, readonly string[]>;
  phones: SimPhone[];
  network: Message[];
  ledger: Ledger;
  backup?: ServerState;
  /** A deadline has passed: effects may have come out of order, as stated. */
  skipped: boolean;
  parts: Parts;
};

const hour = 3_600_000;
const settings = { holdMs: 6 * hour, parkMs: 72 * hour, endedDays: 1 };

async function makeWorld(seed: number, parts: Parts): Promise<World> {
  const random = seededRandom(seed);
  const plan = drawPlan(random);
  const clock = { now: Date.parse("2026-11-23T02:00:00Z") };
  const rights = new Map<string, readonly string[]>();
  for (let at = 0; at < plan.workers; at += 1) rights.set(`w${at}`, [random.pick(["A", "A", "B", ...grids])]);
  const server = makeServer(random, rights, { ...settings, cap: plan.cap }, parts.server);
  const phones: SimPhone[] = [];
  for (let at = 0; at < plan.phones; at += 1)
    phones.push(await makePhone(`p${at}`, `w${at % plan.workers}`, random, clock, plan));
  const ledger: Ledger = { given: new Map(), acknowledged: new Set(), serverRestored: false };
  return { random, plan, clock, server, rights, phones, network: [], ledger, skipped: false, parts };
}

/** Runs something that may be killed in mid-write; the dead start again from what they had kept. */
async function survive<T>(work: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Killed) return undefined;
    throw error;
  }
}

async function act(world: World, sim: SimPhone): Promise<void> {
  const deed = await someDeed(sim, world.random);
  const entry = await sim.phone.queue(deed);
  world.ledger.given.set(entry.command.id, { phone: sim, command: entry.command });
}

/** A worker looks at what was not accepted, and sends it again on something that he may do. */
async function correct(world: World, sim: SimPhone): Promise<void> {
  const refused = (await sim.phone.entries()).find(({ state }) => state === "notAccepted");
  if (!refused) return;
  const next = await sim.phone.amend(refused.command.id, { ...refused.command.data, corrected: true });
  world.ledger.given.set(next.command.id, { phone: sim, command: next.command });
}

async function send(world: World, sim: SimPhone, kind: "push" | "pull"): Promise<void> {
  if (kind === "pull") {
    world.network.push({ to: "server", kind, sim, request: await sim.phone.nextPull(world.plan.page) });
    return;
  }
  const request = await sim.phone.nextPush();
  if (!request) return;
  // Some phones send several requests at once, and they overtake each other.
  const alone = world.random.chance(world.plan.split);
  for (const commands of alone ? request.commands.map((command) => [command]) : [request.commands])
    world.network.push({ to: "server", kind, sim, request: { ...request, commands } });
  await world.parts.afterSend?.(sim, request);
}

async function atServer(world: World, message: Extract<Message, { to: "server" }>): Promise<void> {
  const { server, clock, rights } = world;
  const { sim } = message;
  if (message.kind === "pull") {
    const page = await server.pull(sim.worker, sim.minor, message.request, clock.now);
    checkPage(page, sim.worker, rights);
    const response = { protocol: { major: 1, minor: server.minor() }, page };
    world.network.push({ to: "phone", kind: "pull", sim, response });
    return;
  }
  const from = server.state().log.length;
  const { request } = message;
  const response = await survive(() => server.push(sim.worker, request, clock.now));
  checkApplied(server, from, rights);
  if (response) world.network.push({ to: "phone", kind: "push", sim, request, response });
}

async function atPhone(world: World, message: Extract<Message, { to: "phone" }>): Promise<void> {
  const { sim } = message;
  const { onPush, onPull } = world.parts;
  if (message.kind === "pull") {
    await sim.phone.takePull((await onPull?.(sim, message.response)) ?? message.response);
    return;
  }
  await sim.phone.takePush(message.request, onPush?.(sim, message.response) ?? message.response);
  for (const answer of message.response.answers)
    if (answer.outcome === "accepted") world.ledger.acknowledged.add(answer.id);
}

/** Delivers one message that is under way, not always the oldest; it may be lost, or arrive and come again. */
async function deliver(world: World, faults = true): Promise<void> {
  const { network, random, plan } = world;
  if (!network.length) return;
  const at = faults ? random.below(network.length) : 0;
  const message = network[at]!;
  if (!faults || !random.chance(plan.duplication)) network.splice(at, 1);
  if (faults && random.chance(plan.loss)) return;
  if (message.to === "server") await atServer(world, message);
  else await survive(() => atPhone(world, message));
}

function reassign({ random, rights }: World): void {
  const worker = random.pick([...rights.keys()]);
  rights.set(worker, random.chance(0.15) ? [] : [random.pick(["A", "B", ...grids])]);
}

function atDesk({ random, server, clock }: World): void {
  const records = [...server.state().records.values()];
  if (!records.length) return;
  const record = random.pick(records);
  const area = random.pick(grids);
  const moved: CityRecord = { ...record, area, wasIn: [...new Set([...record.wasIn, record.area])] };
  const ended: CityRecord = { ...record, open: false, endedAt: new Date(clock.now).toISOString() };
  server.desk(random.chance(0.6) ? moved : ended);
}

function settle(world: World): void {
  const from = world.server.state().log.length;
  const before = [...world.server.state().branches.values()].map(({ next }) => next);
  world.server.settle(world.clock.now);
  checkApplied(world.server, from, world.rights);
  const after = [...world.server.state().branches.values()].map(({ next }) => next);
  if (after.some((next, at) => next !== before[at]) || world.server.state().log.length > from) world.skipped = true;
}

async function somethingHappens(world: World): Promise<void> {
  const { random, plan, server, phones } = world;
  const sim = random.pick(phones);
  if (random.chance(plan.kills)) {
    const moment = random.pick(["before", "after"] as const);
    if (random.chance(0.5)) sim.dieAt = moment;
    else server.dieNext(moment);
  }
  if (random.chance(plan.reassignments)) reassign(world);
  if (random.chance(plan.desk)) atDesk(world);
  if (random.chance(plan.skew)) {
    if (random.chance(0.5)) server.setMinor(1 - server.minor());
    else await updatePhone(sim, 1, random, world.clock, plan);
  }
  if (random.chance(plan.clock ? 0.1 : 0)) sim.offset = Math.round((random.next() * 2 - 1) * plan.clock);
  await backups(world, sim);
}

async function backups(world: World, sim: SimPhone): Promise<void> {
  const { random, plan, server } = world;
  if (plan.restores && !world.backup && random.chance(0.2)) world.backup = server.backup();
  if (world.backup && random.chance(plan.restores)) {
    server.restore(world.backup);
    // Connections end with the server that held them.
    world.network.length = 0;
    world.backup = undefined;
    world.ledger.serverRestored = true;
  }
  if (plan.phoneRestores && !sim.backup && random.chance(0.2)) sim.backup = sim.store.snapshot();
  if (sim.backup && random.chance(plan.phoneRestores)) await restorePhone(sim, random, world.clock, plan);
}

async function step(world: World): Promise<void> {
  const { random, phones, clock } = world;
  clock.now += 1_000;
  await somethingHappens(world);
  const sim = random.pick(phones);
  const choice = random.next();
  await survive(async () => {
    if (choice < 0.3) await act(world, sim);
    else if (choice < 0.45) await send(world, sim, "push");
    else if (choice < 0.58) await send(world, sim, "pull");
    else if (choice < 0.6) await correct(world, sim);
    else if (choice < 0.61) {
      clock.now += random.below(8) * hour;
      settle(world);
    } else for (let count = 1 + random.below(4); count > 0; count -= 1) await deliver(world);
  });
}

/** The signal comes back for everybody, for as long as it takes. */
async function calmDown(world: World): Promise<void> {
  const { phones, server, clock, random, plan } = world;
  while (world.network.length) await deliver(world, false);
  if (plan.skew) {
    server.setMinor(1);
    for (const sim of phones) await updatePhone(sim, 1, random, clock, plan);
  }
  for (let round = 0; round < 300; round += 1) {
    for (const sim of phones) {
      await send(world, sim, "push");
      while (world.network.length) await deliver(world, false);
      await pullDown(world, sim);
    }
    if (await quiet(world)) {
      // Everybody once more, after everybody's work has arrived; who then learns of a loss sends again.
      for (const sim of phones) await pullDown(world, sim);
      if (await quiet(world)) return;
    }
    // Numbers that died with a phone never come: what waits for them is decided at its deadline.
    if (round > 20) clock.now += 7 * hour;
    settle(world);
  }
}

async function pullDown(world: World, sim: SimPhone): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) {
    const before = (await sim.phone.state()).cursor;
    await send(world, sim, "pull");
    const page = await nextPage(world);
    if (!page || (!page.more && (await sim.phone.state()).cursor !== "") || before === undefined) return;
  }
}

async function nextPage(world: World) {
  await deliver(world, false);
  const [message] = world.network;
  await deliver(world, false);
  return message?.to === "phone" && message.kind === "pull" ? message.response.page : undefined;
}

async function quiet({ phones }: World): Promise<boolean> {
  for (const { phone } of phones) {
    const { waiting, held } = await phone.counts();
    if (waiting + held > 0) return false;
  }
  return true;
}

/**
 * Runs one simulated city from a seed and checks every promise on the way and at the end.
 * @throws Broken naming the promise
 */
export async function runSeed(seed: number, parts: Parts = { server: realParts }): Promise<void> {
  const world = await makeWorld(seed, parts);
  for (let turn = 0; turn < world.plan.steps; turn += 1) await step(world);
  for (const sim of world.phones) sim.dieAt = undefined;
  await calmDown(world);
  checkOrder(world.server, world.skipped || world.ledger.serverRestored);
  await checkWork(world.server, world.phones, world.ledger);
  await checkReplicas(world.server, world.phones, world.clock.now, world.plan.cap);
}
