import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { auditLedger, type Found } from "../../../apps/server/src/features/ledger/audit.ts";
import { sequence } from "../../../apps/server/src/features/ledger/sequence.ts";
import { signedIn, useHouse, visitor, type Answer, type Person } from "../../support/house.ts";

const made = useHouse();
const unitId = "330903-waterCompany";
let desk: Person;
let owner: Person;
let checker: Person;

beforeAll(async () => {
  [desk, owner, checker] = (await Promise.all(
    ["dispatch", unitId, "checker"].map((login) => signedIn(made, login)),
  )) as [Person, Person, Person];
});

const opening = (change: object = {}) => ({
  id: randomUUID(),
  title: "墩头老旧水管反复爆裂",
  streamId: "facilities.waterSupply",
  areaCodes: ["330903001009"],
  ownerUnit: unitId,
  dueOn: "2026-12-20",
  why: "三年修了七次",
  published: true,
  ...change,
});
const step = (person: Person, id: string, command: object): Promise<Answer> =>
  person.send("POST", `/api/insight/issues/${id}/commands`, { id: randomUUID(), ...command });
async function opened(change: object = {}): Promise<string> {
  return (await desk.send("POST", "/api/insight/issues", opening(change))).body.id;
}
/** As the first release kept it, which knew one tool only. */
const anEarlyFinding = {
  streamId: "facilities.waterSupply",
  areaCodes: ["330903001009001"],
  from: 20_777,
  to: 20_779,
  observed: 9,
  expected: 1,
  ratio: 9,
  p: 1e-5,
  recurrence: 100_000,
  seenOn: 20_779,
  drivers: [],
};
const part = { unitId, what: "换管两公里", dueOn: "2026-11-30" };

describe("a problem of the month", () => {
  it("is opened once for each command, followed through with dates, and settled by somebody outside its owner", async () => {
    const command = opening();
    const first = await desk.send("POST", "/api/insight/issues", command);
    expect(first.status).toBe(201);
    expect((await desk.send("POST", "/api/insight/issues", command)).body).toEqual(first.body);
    const { id } = first.body;
    expect((await step(owner, id, { type: "planIssue", plan: "换掉老管", responsibilities: [part] })).status).toBe(200);
    made.clock.now += 10 * 86_400_000;
    const late = (await owner.get(`/api/insight/issues/${id}`)).body.issue;
    expect(late.responsibilities[0]).toMatchObject({ late: 3, unit: { zh: expect.stringContaining("水务") } });
    const responsibilityId = late.responsibilities[0].id;
    expect((await step(owner, id, { type: "submitIssue", note: "好了" })).body.error.code).toBe("partsOpen");
    await step(owner, id, { type: "reportProgress", responsibilityId, note: "换完了" });
    await step(owner, id, { type: "submitIssue", note: "请看" });
    expect((await step(owner, id, { type: "checkIssue", passed: true, note: "好" })).status).toBe(403);
    const settled = await step(checker, id, { type: "checkIssue", passed: true, note: "看过，不漏了" });
    expect(settled.body.issue).toMatchObject({ state: "settled", late: 0, allowed: [] });
    expect(settled.body.steps.map(({ type }: { type: string }) => type)).toEqual([
      "issueOpened",
      "issuePlanned",
      "progressReported",
      "issueSubmitted",
      "issueSettled",
    ]);
    expect(settled.body.effect).toEqual({ days: 28, before: 0, lately: 0 });
  });

  it("is seen by everybody when it is public, with what was promised and what came of it, and not otherwise", async () => {
    const hidden = await opened({ published: false, title: "内部先办" });
    const before = await visitor(made).get("/api/public/issues");
    expect(before.body.issues).toHaveLength(1);
    expect(before.body.issues[0]).toMatchObject({ state: "settled", result: "看过，不漏了", owner: { id: unitId } });
    expect(before.text).not.toContain("内部先办");
    expect(before.text).not.toContain("三年修了七次");
    expect((await step(desk, hidden, { type: "publishIssue" })).status).toBe(200);
    expect((await visitor(made).get("/api/public/issues")).body.issues).toHaveLength(2);
  });

  it("leaves its public facts in the ledger, where a change behind its back shows", async () => {
    while (await sequence(made.house)) continue;
    const audit = async (): Promise<Found[]> => {
      const found: Found[] = [];
      await auditLedger(made.house, {}, (each) => found.push(each));
      return found;
    };
    const leaves = await made.house.pool.query("select kind from ledger_leaves where kind like 'issue.%' order by id");
    expect(leaves.rows.map(({ kind }) => kind)).toEqual([
      "issue.opened",
      "issue.planned",
      "issue.settled",
      "issue.opened",
    ]);
    expect(await audit()).toEqual([]);
    await made.house.pool.query(
      "update recurring_issues set record = jsonb_set(record, '{dueOn}', '\"2027-12-20\"') where record->>'state' = 'settled'",
    );
    expect(await audit()).toMatchObject([{ code: "altered", field: "dueOn", logged: "2026-12-20" }]);
  });

  it("is opened from an alarm only once, by those who judge alarms, with an area and a unit that exist", async () => {
    const episodeId = randomUUID();
    await made.house.db
      .insertInto("episodes")
      .values({
        city_id: made.house.cityId,
        id: episodeId,
        stream_id: "facilities.waterSupply",
        state: "ongoing",
        opened_on: "2026-11-20",
        raised_on: "2026-11-22",
        finding: JSON.stringify(anEarlyFinding),
      })
      .execute();
    const id = await opened({ episodeId });
    const page = await desk.get(`/api/insight/episodes/${episodeId}`);
    expect(page.body).toMatchObject({ episode: { issueId: id } });
    expect((await desk.send("POST", "/api/insight/issues", opening({ episodeId }))).status).toBe(409);
    expect((await desk.send("POST", "/api/insight/issues", opening({ ownerUnit: "x" }))).status).toBe(422);
    expect((await desk.send("POST", "/api/insight/issues", opening({ streamId: "no.such" }))).status).toBe(422);
    expect((await owner.send("POST", "/api/insight/issues", opening())).status).toBe(403);
    expect((await step(owner, randomUUID(), { type: "publishIssue" })).status).toBe(404);
  });
});
