import { randomUUID } from "node:crypto";
import pg from "pg";
import { beforeAll, describe, expect, it } from "vitest";
import { auditLedger, type Found } from "../../../apps/server/src/features/ledger/audit.ts";
import { sequence } from "../../../apps/server/src/features/ledger/sequence.ts";
import { dispatched, signedIn, useHouse, visitor, type Person } from "../../support/house.ts";

const made = useHouse();
let dispatch: Person;
let officer: Person;
let filed: Awaited<ReturnType<typeof dispatched>>;

beforeAll(async () => {
  [dispatch, officer] = [await signedIn(made, "dispatch"), await signedIn(made, "privacy")];
  filed = await dispatched(made);
});

const ask = (person: Person, look: object, caseId = filed.id) =>
  person.send("POST", `/api/cases/${caseId}/reporter`, { id: randomUUID(), purpose: "contact", ...look });
const looks = async (person = officer) => (await person.get("/api/privacy/looks")).body.items;
async function form(url: string, fields: Record<string, string>) {
  return made.app.inject({
    method: "POST",
    url,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams(fields).toString(),
  });
}

describe("a look at who reported", () => {
  it("states a purpose, and one that says too little is explained", async () => {
    expect((await ask(dispatch, { purpose: undefined })).status).toBe(400);
    expect((await ask(dispatch, { purpose: "curiosity" })).status).toBe(400);
    expect((await ask(dispatch, { purpose: "other" })).body.error.code).toBe("purposeNeeded");
    expect(await looks()).toEqual([]);
  });

  it("is kept with its step and its line in the log before anything is shown; sent twice it is one look", async () => {
    const id = randomUUID();
    const seen = await ask(dispatch, { id, purpose: "verify", note: "打 13911112222 前先核对" });
    expect(seen.body.reporter).toMatchObject({ name: "王阿姨", phone: "13800001234" });
    expect(seen.headers["cache-control"]).toBe("no-store");
    expect((await ask(dispatch, { id, purpose: "verify", note: "打 13911112222 前先核对" })).body).toEqual(seen.body);
    expect(await looks()).toMatchObject([
      {
        id,
        person: "派遣员小林",
        role: "dispatcher",
        purpose: "verify",
        note: "打 139******** 前先核对",
        number: filed.number,
      },
    ]);
    const rows = await made.house.pool.query(
      "select (select count(*)::int from case_events where type = 'looked') as steps, (select count(*)::int from ledger_leaves where kind = 'looked') as leaves",
    );
    expect(rows.rows[0]).toEqual({ steps: 1, leaves: 1 });
  });

  it("cannot be used again tomorrow, nor by somebody else, nor for another case", async () => {
    const [id] = (await looks()).map((look: { id: string }) => look.id);
    const same = { id, purpose: "verify", note: "打 13911112222 前先核对" };
    made.clock.now += 11 * 60_000;
    expect((await ask(dispatch, same)).body.error.code).toBe("idUsedDifferently");
    expect((await ask(await signedIn(made, "filing"), same)).body.error.code).toBe("idUsedDifferently");
    const other = await dispatched(made);
    expect((await ask(dispatch, same, other.id)).body.error.code).toBe("idUsedDifferently");
  });

  it("out of scope is refused and kept", async () => {
    const unit = await signedIn(made, "330922-publicWorks");
    expect((await ask(unit, {})).body.error.code).toBe("outOfScope");
    const [last] = await looks();
    expect(last).toMatchObject({ refused: "outOfScope", number: filed.number });
    expect((await visitor(made).get(`${filed.link}/data.json`)).body.looks.length).toBe(1);
  });

  it("still agrees with the log, and whoever edits it away is named", async () => {
    await sequence(made.house);
    const audit = async () => {
      const found: Found[] = [];
      await auditLedger(made.house, {}, (each) => found.push(each));
      return found.map((each) => [each.code, "what" in each ? each.what : each.kind].join(" "));
    };
    expect(await audit()).toEqual([]);
    const owner = new pg.Client(made.owner);
    await owner.connect();
    await owner.query(
      "update case_events set data = jsonb_set(data, '{purpose}', '\"contact\"') where type = 'looked'",
    );
    expect(await audit()).toEqual(["altered looked"]);
    await owner.query("update case_events set data = jsonb_set(data, '{purpose}', '\"verify\"') where type = 'looked'");
    await owner.end();
  });
});

describe("the person concerned", () => {
  it("sees role and unit, when and why, and no name", async () => {
    const page = (await visitor(made).get(`${filed.link}/privacy`)).text;
    expect(page).toContain("派遣员");
    expect(page).toContain("核实情况");
    expect(page).toContain("前先核对");
    expect(page).not.toContain("小林");
    expect((await visitor(made).get(filed.link)).text).toContain("被看过 1 次");
  });

  it("objects to one look; the privacy officer answers; the answer is on the page", async () => {
    const [{ id: look, subject: caseId }] = (await visitor(made).get(`${filed.link}/data.json`)).body.looks;
    const id = randomUUID();
    const fields = { id, look, caseId, text: "我没有让人打电话" };
    expect((await form(`${filed.link}/privacy/object`, fields)).statusCode).toBe(303);
    expect((await form(`${filed.link}/privacy/object`, fields)).statusCode).toBe(303);
    expect((await form(`${filed.link}/privacy/object`, { ...fields, id: randomUUID() })).statusCode).toBe(409);
    const { requests } = (await officer.get("/api/privacy/requests")).body;
    expect(requests).toMatchObject([
      {
        kind: "objection",
        text: "我没有让人打电话",
        dueAt: "2026-12-14T09:30:00.000Z",
        look: { person: "派遣员小林", purpose: "verify" },
      },
    ]);
    const decide = (body: object) =>
      officer.send("POST", `/api/privacy/requests/${requests[0].id}/decision`, { id: randomUUID(), ...body });
    expect((await decide({ outcome: "declined", answer: "" })).body.error.code).toBe("reasonNeeded");
    expect((await decide({ outcome: "granted", answer: "已提醒当事人，以后先发短信。" })).status).toBe(200);
    expect((await decide({ outcome: "granted", answer: "再答一次" })).body.error.code).toBe("alreadyDecided");
    expect((await visitor(made).get(`${filed.link}/privacy`)).text).toContain("以后先发短信");
  });

  it("objects to looks at her own case only", async () => {
    const other = await dispatched(made);
    const [{ id: look }] = (await visitor(made).get(`${filed.link}/data.json`)).body.looks;
    for (const caseId of [filed.id, other.id]) {
      const answer = await form(`${other.link}/privacy/object`, { id: randomUUID(), look, caseId, text: "反对" });
      expect(answer.statusCode).toBe(404);
    }
  });
});

describe("the record", () => {
  it("is read by privacy officer and auditor in their area, decided by the officer, changed by nobody", async () => {
    const auditor = await signedIn(made, "auditor");
    expect((await looks(auditor)).length).toBe(2);
    for (const person of [dispatch, await signedIn(made, "admin"), await signedIn(made, "330903-publicWorks")])
      expect((await person.get("/api/privacy/looks")).status).toBe(403);
    for (const statement of [
      "update access_records set purpose = 'x'",
      "delete from access_records",
      "update access_reviews set outcome = 'inOrder'",
      "delete from access_reviews",
      "update retention_runs set dry = true",
      "delete from legal_holds",
    ])
      await expect(made.house.pool.query(statement)).rejects.toMatchObject({ code: "42501" });
    const acts = async () => (await made.house.pool.query("select count(*)::int as n from audit")).rows[0].n as number;
    const before = await acts();
    for (const forget of ["forget_access_records", "forget_oversight"])
      await made.house.pool.query(`select ${forget}($1, now() + interval '1 day', 100)`, [made.house.cityId]);
    expect(await acts()).toBe(before);
    expect((await looks(auditor)).length).toBe(2);
  });

  it("shows unusual reading to the officer, with what was made of it", async () => {
    made.clock.now = Date.parse("2026-11-24T15:30:00Z");
    await ask(await signedIn(made, "filing"), { purpose: "followUp" });
    const { readings } = (await officer.get("/api/privacy/readings")).body;
    expect(readings).toMatchObject([{ kind: "night", day: "2026-11-24", person: "立案员老郑", subjects: 1 }]);
    const decision = { id: randomUUID(), reading: readings[0].key, outcome: "talkedTo", note: "值班时打错了电话" };
    const auditor = await signedIn(made, "auditor");
    expect((await auditor.get("/api/privacy/readings")).body.readings.length).toBe(1);
    expect((await auditor.send("POST", "/api/privacy/readings/decisions", decision)).status).toBe(403);
    const after = await officer.send("POST", "/api/privacy/readings/decisions", decision);
    expect(after.body.readings[0].review).toMatchObject({ outcome: "talkedTo", note: "值班时打错了电话" });
    await officer.send("POST", "/api/privacy/readings/decisions", decision);
    expect((await made.house.pool.query("select count(*)::int as n from access_reviews")).rows[0].n).toBe(1);
    expect(
      (
        await officer.send("POST", "/api/privacy/readings/decisions", {
          ...decision,
          id: randomUUID(),
          reading: "night:x:y",
        })
      ).status,
    ).toBe(404);
  });

  it("lets nobody decide about his own reading", async () => {
    await ask(officer, { purpose: "followUp" });
    const { readings } = (await officer.get("/api/privacy/readings")).body;
    const own = readings.find((reading: { person: string }) => reading.person === "隐私官");
    const answer = await officer.send("POST", "/api/privacy/readings/decisions", {
      id: randomUUID(),
      reading: own.key,
      outcome: "inOrder",
      note: "我自己看的",
    });
    expect(answer.body.error.code).toBe("ownReading");
  });
});
