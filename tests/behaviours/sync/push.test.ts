import { randomUUID } from "node:crypto";
import { exchange } from "@linge/sync/phone/exchange.ts";
import { beforeAll, describe, expect, it } from "vitest";
import { settleWhatIsOver } from "../../../apps/server/src/features/sync/overdue.ts";
import { holdMs } from "../../../apps/server/src/features/sync/rules.ts";
import { commandCheck } from "../../../apps/server/src/features/sync/schemas.ts";
import { useHouse, type Answer } from "../../support/house.ts";
import { hire, note, phoneOf, reassign, report, wire, type Worker } from "./field.ts";

const made = useHouse();
const putuo = { role: "gridWorker" as const, area: "330903000000" };
let hai: Worker;
let elsewhere: Worker;

beforeAll(async () => {
  hai = await hire(made, putuo);
  elsewhere = await hire(made, { role: "gridWorker", area: "330922000000" });
});

const events = async (caseId: string): Promise<string[]> => {
  const { house } = made;
  const rows = await house.db
    .selectFrom("case_events")
    .select("type")
    .where("city_id", "=", house.cityId)
    .where("case_id", "=", caseId)
    .orderBy("id")
    .execute();
  return rows.map(({ type }) => type);
};

const push = (worker: Worker, branch: string, commands: object[], sentAt = new Date(made.clock.now)): Promise<Answer> =>
  worker.person.send("POST", "/api/sync/push", {
    protocol: { major: 1, minor: 0 },
    branch,
    sentAt: sentAt.toISOString(),
    commands,
  });

const numbered = <T extends { recordId: string }>(deed: T, branch: string, sequence: number) => ({
  ...deed,
  id: randomUUID(),
  version: { base: 0, branch, sequence },
  at: new Date(made.clock.now).toISOString(),
});

describe("what was done on a phone", () => {
  it("arrives once, in order, with its numbers, however often it is sent", async () => {
    const phone = await phoneOf(made, hai);
    const { command } = await phone.queue(report());
    await phone.queue(note(command.recordId));
    const request = (await phone.nextPush())!;
    const both = await Promise.all([
      push(hai, request.branch, request.commands),
      push(hai, request.branch, request.commands),
    ]);
    expect(both[0]!.body.answers).toEqual(both[1]!.body.answers);
    expect(both[0]!.body.answers[0]).toMatchObject({
      outcome: "accepted",
      version: 1,
      result: { number: expect.any(String) },
    });
    expect(await events(command.recordId)).toEqual(["reported", "internalNoteAdded"]);
    const record = (await hai.person.get(`/api/cases/${command.recordId}`)).body.case;
    expect(record).toMatchObject({ channel: "field", version: 2 });
  });

  it("waits for what comes before it, and then follows", async () => {
    const branch = randomUUID();
    const first = numbered(report(), branch, 1);
    const second = numbered(note(first.recordId), branch, 2);
    const early = await push(hai, branch, [second]);
    expect(early.body.answers[0]).toMatchObject({
      outcome: "held",
      why: "earlierMissing",
      missing: { from: 1, to: 1 },
    });
    await push(hai, branch, [first]);
    expect(await events(first.recordId)).toEqual(["reported", "internalNoteAdded"]);
    expect((await push(hai, branch, [second])).body.answers[0]).toMatchObject({ outcome: "accepted", version: 2 });
  });

  it("is returned with the reason when what it waited for never came", async () => {
    const branch = randomUUID();
    const orphan = numbered(note(randomUUID()), branch, 2);
    await push(hai, branch, [orphan]);
    const before = made.clock.now;
    made.clock.now += holdMs;
    expect(await settleWhatIsOver(made.house, commandCheck(made.app))).toBe(1);
    made.clock.now = before;
    expect((await push(hai, branch, [orphan])).body.answers[0]).toMatchObject({
      outcome: "notAccepted",
      reason: { code: "earlierMissing", params: { because: { code: "notFound" } } },
    });
  });

  it("says of each command what is wrong with it, and does the others", async () => {
    const branch = randomUUID();
    const good = report();
    const answers = (
      await push(hai, branch, [
        numbered(report("灯", { text: 7 }), branch, 1),
        numbered(good, branch, 2),
        numbered(
          { ...note(good.recordId), type: "mergeInto", data: { parentId: randomUUID(), reason: "x" } },
          branch,
          3,
        ),
        numbered({ ...note(good.recordId), type: "dispatch", data: { lead: "x", assist: [] } }, branch, 4),
        numbered(report("在海里", { place: { lon: 100, lat: 10 } }), branch, 5),
        numbered({ ...note(good.recordId), type: "whistleInTheDark" }, branch, 6),
        numbered(note(good.recordId), branch, 7),
      ])
    ).body.answers.map((answer: { outcome: string; reason?: { code: string }; why?: string }) =>
      [answer.outcome, answer.reason?.code ?? answer.why].filter(Boolean).join(" "),
    );
    expect(answers).toEqual([
      "notAccepted invalidInput",
      "accepted",
      "notAccepted notAllowed",
      "notAccepted notAllowed",
      "notAccepted placeOutside",
      "held needsNewerServer",
      // It waits behind the command on the same case that this server does not know.
      "held needsNewerServer",
    ]);
  });

  it("is decided with the rights that its worker has when it arrives", async () => {
    const worker = await hire(made, putuo);
    const phone = await phoneOf(made, worker);
    const { command } = await phone.queue(report());
    await exchange(phone, wire(worker));
    await phone.queue(note(command.recordId));
    await reassign(made, worker.id, { role: "gridWorker", area: "330922000000" });
    await exchange(phone, wire(worker));
    expect(await phone.records()).toEqual([]);
    expect(await phone.counts()).toEqual({ waiting: 0, held: 0, notAccepted: 1 });
    expect((await phone.entries())[0]?.reason?.code).toBe("outOfScope");
    expect(await events(command.recordId)).toEqual(["reported"]);
  });

  it("is not somebody else's to send", async () => {
    const branch = randomUUID();
    const command = numbered(report(), branch, 1);
    await push(hai, branch, [command]);
    expect((await push(elsewhere, branch, [command])).body).toMatchObject({ forked: true, answers: [] });
    const own = randomUUID();
    const copied = { ...command, version: { base: 0, branch: own, sequence: 1 } };
    expect((await push(elsewhere, own, [copied])).body.answers[0]).toMatchObject({
      outcome: "notAccepted",
      reason: { code: "idUsedDifferently" },
    });
  });

  it("is known again when it came another way before", async () => {
    const phone = await phoneOf(made, hai);
    const { command } = await phone.queue(report());
    await exchange(phone, wire(hai));
    const id = randomUUID();
    await hai.person.send("POST", `/api/cases/${command.recordId}/commands`, {
      id,
      type: "addInternalNote",
      text: "从电脑上",
    });
    const branch = randomUUID();
    const again = { ...numbered(note(command.recordId, "从电脑上"), branch, 1), id };
    expect((await push(hai, branch, [again])).body.answers[0]).toMatchObject({ outcome: "accepted", version: 2 });
    expect(await events(command.recordId)).toEqual(["reported", "internalNoteAdded"]);
  });

  it.each([
    ["a year slow", -366],
    ["nine years fast", 3_300],
  ])("is taken with a clock that is %s, which is noted and orders nothing", async (_how, days) => {
    const offset = days * 86_400_000;
    const phone = await phoneOf(made, hai, { clock: () => made.clock.now + offset });
    const { command } = await phone.queue(report());
    await exchange(phone, wire(hai));
    expect(await phone.counts()).toEqual({ waiting: 0, held: 0, notAccepted: 0 });
    expect((await phone.state()).driftMs).toBe(-offset);
    const record = (await hai.person.get(`/api/cases/${command.recordId}`)).body.case;
    expect(record.reportedAt).toBe(new Date(made.clock.now).toISOString());
  });

  it.each([
    [{ major: 2, minor: 0 }, 501, "updateServer"],
    [{ major: 0, minor: 9 }, 426, "updatePhone"],
  ])("is not taken by a server of another major version: phone %j gets %i", async (protocol, status, code) => {
    const answer = await hai.person.send("POST", "/api/sync/push", {
      protocol,
      branch: randomUUID(),
      sentAt: "2026-11-23T02:00:00Z",
      commands: [],
    });
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });
});

it("tells the operator who comes near the cap, and nobody else", async () => {
  const admin = await hire(made, { role: "cityAdmin", area: "330900000000" });
  const { status, body } = await admin.person.get("/api/sync/report");
  expect(status).toBe(200);
  const line = body.phones.find(({ worker }: { worker: string }) => worker === hai.id);
  expect(line).toMatchObject({ standing: "fine", lastContact: new Date(made.clock.now).toISOString() });
  expect(line.records).toBeGreaterThan(0);
  expect((await hai.person.get("/api/sync/report")).status).toBe(403);
});
