import { checkReceipt, parseReceipt, readVerifierKey } from "@linge/tlog";
import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditLedger, type Found } from "../../../apps/server/src/features/ledger/audit.ts";
import { sequence } from "../../../apps/server/src/features/ledger/sequence.ts";
import { retentionNight } from "../../../apps/server/src/features/privacy/retention/nightly.ts";
import { works } from "../../../apps/server/src/features/privacy/retention/works.ts";
import { aReport, give, signedIn, useHouse, visitor, type Person } from "../../support/house.ts";

const made = useHouse();
const day = 86_400_000;
let owner: pg.Client;
let officer: Person;

beforeAll(async () => {
  owner = new pg.Client(made.owner);
  await owner.connect();
  officer = await signedIn(made, "privacy");
});
afterAll(() => owner.end());

type Filed = { id: string; link: string; number: string };

async function form(url: string, fields: Record<string, string>, cookie = "") {
  return made.app.inject({
    method: "POST",
    url,
    headers: { "content-type": "application/x-www-form-urlencoded", ...(cookie && { cookie }) },
    payload: new URLSearchParams(fields).toString(),
  });
}

/** A case from report to rating, with a photo, today. */
async function rated(change: object = {}): Promise<Filed & { photo: string }> {
  const photo = randomUUID();
  await made.house.storage.put(`${photo}-large.jpg`, Buffer.from("large"));
  await made.house.storage.put(`${photo}-small.jpg`, Buffer.from("small"));
  await made.house.db
    .insertInto("photos")
    .values({
      city_id: made.house.cityId,
      id: photo,
      owner: "anonymous",
      bytes: 5,
      width: 1,
      height: 1,
      sha256: Buffer.from("x"),
    })
    .execute();
  const { body } = await visitor(made).send("POST", "/api/cases", aReport({ photos: [photo], ...change }));
  const [desk, unit, checker] = [
    await signedIn(made, "dispatch"),
    await signedIn(made, "330903-publicWorks"),
    await signedIn(made, "checker"),
  ];
  await give(desk, body.id, { type: "file" });
  await give(desk, body.id, { type: "dispatch", lead: "330903-publicWorks", assist: [] });
  await give(unit, body.id, { type: "accept" });
  await give(unit, body.id, { type: "contact", note: "王阿姨说在 12 号门口" });
  await give(unit, body.id, { type: "respond", answer: "已给王阿姨换好灯泡" });
  await give(checker, body.id, { type: "check", passed: true, note: "看过" });
  await form(`${body.link}/rate`, { resolved: "yes", satisfaction: "4", comment: "谢谢小李" });
  return { ...body, photo };
}

/** Somebody asks for a run, a second after the last. */
function ask(dry: boolean, id: string = randomUUID()) {
  made.clock.now += 1_000;
  return officer.send("POST", "/api/privacy/retention/runs", { id, dry });
}
const dry = async () => (await ask(true)).body;
const run = (id?: string) => ask(false, id);
const words = ["王阿姨", "13800001234", "滨港路的路灯", "12 号门口", "换好灯泡", "谢谢小李", "沈家门"];
async function everywhere(caseId: string): Promise<string> {
  const found = await owner.query(
    `select (select coalesce(jsonb_agg(to_jsonb(c)), '[]') from cases c where id = $1)::text
      || (select coalesce(jsonb_agg(to_jsonb(e)), '[]') from case_events e where case_id = $1)::text
      || (select coalesce(jsonb_agg(to_jsonb(r)), '[]') from case_reporters r where case_id = $1)::text
      || (select coalesce(jsonb_agg(to_jsonb(l)), '[]') from ledger_leaves l where subject = $1)::text as text`,
    [caseId],
  );
  return found.rows[0].text as string;
}
async function audited(): Promise<string[]> {
  const found: Found[] = [];
  await auditLedger(made.house, {}, (each) => found.push(each));
  return found.map((each) => JSON.stringify(each));
}
/** Moves a case into the past as its owner could: state and log keep their own dates. */
const age = (caseId: string, days: number) =>
  owner.query(
    `update cases set closed_at = closed_at - make_interval(days => $2), updated_at = updated_at - make_interval(days => $2),
      record = jsonb_set(record, '{closedAt}', to_jsonb(to_char(closed_at - make_interval(days => $2), 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))
     where id = $1`,
    [caseId, days],
  );
const counts = (body: { runs: { counts: object }[] }) => body.runs[0]!.counts;

describe("what has had its time", () => {
  let old: Filed & { photo: string };
  let fresh: Filed & { photo: string };
  let receipt = "";

  it("is counted first, and nothing goes before somebody has seen the count", async () => {
    old = await rated();
    fresh = await rated();
    await sequence(made.house);
    receipt = (await visitor(made).get(`${old.link}/receipt`)).text;
    await age(old.id, 366);
    expect((await run()).body.error.code).toBe("dryRunFirst");
    expect(counts(await dry())).toMatchObject({ caseIdentity: 1, caseFile: 0, ratingLink: 0 });
    expect(await everywhere(old.id)).toContain("王阿姨");
  });

  it("goes: reporter, words, photos on disk, exact place; the case stays without a person", async () => {
    const { body } = await run();
    expect(body.runs[0]).toMatchObject({ dry: false, counts: { caseIdentity: 1 } });
    expect(body.runs[0].finishedAt).toBeTruthy();
    const kept = await everywhere(old.id);
    for (const word of words) expect(kept, word).not.toContain(word);
    expect(await made.house.storage.get(`${old.photo}-large.jpg`)).toBeUndefined();
    expect(await made.house.storage.get(`${old.photo}-small.jpg`)).toBeUndefined();
    expect(await made.house.storage.get(`${fresh.photo}-large.jpg`)).toBeDefined();
    expect(await everywhere(fresh.id)).toContain("王阿姨");
    const page = await visitor(made).get(old.link);
    expect(page.status).toBe(200);
    expect(page.text).toContain("身份信息已去除");
  });

  it("the log still fits the database, and a receipt of before still verifies", async () => {
    await sequence(made.house);
    expect(await audited()).toEqual([]);
    const key = readVerifierKey((await visitor(made).get("/ledger/key")).text.trim());
    expect((await checkReceipt(parseReceipt(receipt), key)).faults).toEqual([]);
    const now = parseReceipt((await visitor(made).get(`${old.link}/receipt`)).text);
    expect((await checkReceipt(now, key)).faults).toEqual([]);
    expect(now.facts.at(-1)!.fact.kind).toBe("identityRemoved");
  });

  it("figures stay what they were", async () => {
    const from = new Date(made.clock.now - 30 * day).toISOString();
    const to = new Date(made.clock.now + 30 * day).toISOString();
    const { body } = await visitor(made).get(`/api/public/figures?from=${from}&to=${to}`);
    expect(body.units).toMatchObject([{ unitId: "330903-publicWorks", due: 2, onTime: 2, answered: 2, resolved: 2 }]);
  });

  it("a second run finds nothing, and the same command is not a second run", async () => {
    await dry();
    const id = randomUUID();
    const first = await run(id);
    expect(counts(first.body)).toMatchObject({ caseIdentity: 0 });
    const again = await run(id);
    expect(again.body.runs.length).toBe(first.body.runs.length);
  });
});

describe("a rating", () => {
  it("is cut from its person after half a year: the rating stays, whose it was does not", async () => {
    const filed = await rated();
    await age(filed.id, 200);
    await owner.query(
      "update cases set record = jsonb_set(record, '{rating,at}', to_jsonb(to_char((record->'rating'->>'at')::timestamptz - interval '190 days', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"'))) where id = $1",
      [filed.id],
    );
    expect(counts(await dry())).toMatchObject({ ratingLink: 1, caseIdentity: 0 });
    await run();
    const kept = await everywhere(filed.id);
    for (const word of ["13800001234", "谢谢小李"]) expect(kept, word).not.toContain(word);
    expect(kept).toContain('"satisfaction": 4');
    expect(kept).toContain("滨港路的路灯");
    await sequence(made.house);
    expect(await audited()).toEqual([]);
  });
});

describe("a legal hold", () => {
  it("keeps a case, says until when, and lets go when it ends", async () => {
    const filed = await rated();
    await age(filed.id, 400);
    const until = new Date(made.clock.now + 30 * day).toISOString();
    const hold = {
      id: randomUUID(),
      number: filed.number,
      reason: "法院正在审理",
      basis: "（2026）浙09民初1号",
      until,
    };
    expect((await officer.send("POST", "/api/privacy/holds", { ...hold, number: "0000-0000" })).status).toBe(404);
    expect((await officer.send("POST", "/api/privacy/holds", hold)).body.holds).toMatchObject([
      { number: filed.number, by: "隐私官", holding: true },
    ]);
    const state = await dry();
    expect(state.runs[0]).toMatchObject({ counts: { caseIdentity: 0 }, held: { caseIdentity: 1 } });
    await run();
    expect(await everywhere(filed.id)).toContain("王阿姨");
    const own = await form(`${filed.link}/privacy/forget`, { id: randomUUID(), caseId: filed.id });
    expect(own.statusCode).toBe(409);
    expect(own.body).toContain("（2026）浙09民初1号");
    await officer.send("POST", `/api/privacy/holds/${hold.id}/end`, { id: randomUUID(), reason: "案件已审结" });
    expect(counts(await dry())).toMatchObject({ caseIdentity: 1 });
    await run();
    expect(await everywhere(filed.id)).not.toContain("王阿姨");
  });
});

describe("after ten years", () => {
  it("the file is destroyed; the log keeps its lines, which nobody can open, and still agrees", async () => {
    const filed = await rated();
    await sequence(made.house);
    const kept = (await visitor(made).get(`${filed.link}/receipt`)).text;
    await age(filed.id, 3_700);
    await dry();
    await run();
    // The identity went in the same run, and its own line waits for its place: the file waits with it.
    await sequence(made.house);
    await dry();
    expect(counts((await run()).body)).toMatchObject({ caseFile: 1 });
    const left = await owner.query(
      "select (select count(*)::int from cases where id = $1) as cases, (select count(*)::int from case_events where case_id = $1) as events, (select count(*)::int from ledger_leaves where subject = $1 and (salt is not null or data is not null or words is not null)) as open, (select count(*)::int from ledger_leaves where subject = $1) > 9 as leaves",
      [filed.id],
    );
    expect(left.rows[0]).toEqual({ cases: 0, events: 0, open: 0, leaves: true });
    expect(await audited()).toEqual([]);
    const key = readVerifierKey((await visitor(made).get("/ledger/key")).text.trim());
    expect((await checkReceipt(parseReceipt(kept), key)).faults).toEqual([]);
    expect((await visitor(made).get(filed.link)).status).toBe(404);
  });

  it("cannot be forced by hand before its time, whatever the application asks for", async () => {
    const filed = await rated();
    await made.house.pool.query("select forget_case_file($1, $2, now() + interval '1 year')", [
      made.house.cityId,
      filed.id,
    ]);
    await made.house.pool.query("select forget_case_words($1, $2)", [made.house.cityId, filed.id]);
    await made.house.pool.query("select forget_rater($1, $2)", [made.house.cityId, filed.id]);
    expect(await everywhere(filed.id)).toContain("谢谢小李");
    await made.house.pool.query("select forget_commands($1, now() + interval '1 year', 1000)", [made.house.cityId]);
    expect((await owner.query("select count(*)::int as n from commands")).rows[0].n).toBeGreaterThan(20);
  });
});

describe("housekeeping", () => {
  it("an account goes 90 days after its owner left; photos nobody used, and what let somebody in and ran out", async () => {
    const { house } = made;
    await form("/me/phone", { phone: "13512345678" });
    const code = /\d{6}/.exec(made.notifier.sent.at(-1)!.text)![0];
    const signed = await form("/me/code", { phone: "13512345678", code });
    const cookie = String([signed.headers["set-cookie"]].flat()[0]).split(";")[0]!;
    const csrf = /name="csrf" value="([^"]+)"/.exec((await visitor(made, cookie).get("/me/privacy")).text)![1]!;
    expect((await form("/me/leave", { csrf, sure: "1" }, cookie)).statusCode).toBe(303);
    expect((await visitor(made, cookie).get("/me/data.json")).status).toBe(401);
    await owner.query("update residents set left_at = left_at - interval '91 days'");
    const photo = randomUUID();
    await house.storage.put(`${photo}-large.jpg`, Buffer.from("x"));
    await owner.query(
      "insert into photos (city_id, id, owner, bytes, width, height, sha256, created_at) values ($1, $2, 'anonymous', 1, 1, 1, '', $3)",
      [house.cityId, photo, new Date(made.clock.now - 8 * day)],
    );
    await owner.query(
      "update sessions set expires_at = $1 where id in (select id from sessions where device = '' limit 1)",
      [new Date(made.clock.now - 2 * day)],
    );
    expect(counts(await dry())).toMatchObject({ residentProfile: 1, unusedPhotos: 1 });
    await run();
    expect((await owner.query("select count(*)::int as n from residents")).rows[0].n).toBe(0);
    expect(await house.storage.get(`${photo}-large.jpg`)).toBeUndefined();
  });

  it("access records go after three years, those of a held case do not", async () => {
    const filed = await rated();
    const desk = await signedIn(made, "dispatch");
    for (const _ of [1, 2])
      await desk.send("POST", `/api/cases/${filed.id}/reporter`, { id: randomUUID(), purpose: "contact" });
    await owner.query("update access_records set at = at - interval '1100 days'");
    await owner.query("update audit set at = at - interval '1100 days' where id = (select id from audit limit 1)");
    expect(counts(await dry())).toMatchObject({ accessRecords: 3 });
    const acts = (await owner.query("select count(*)::int as n from audit")).rows[0].n as number;
    await run();
    expect((await owner.query("select count(*)::int as n from access_records")).rows[0].n).toBe(0);
    // One went, and the run itself was noted.
    expect((await owner.query("select count(*)::int as n from audit")).rows[0].n).toBe(acts);
  });
});

describe("the job", () => {
  it("goes on where it died, and removes nothing twice", async () => {
    const two = [await rated(), await rated()];
    for (const { id } of two) await age(id, 500);
    await dry();
    const identity = works.find(({ key }) => key === "caseIdentity")!;
    const remove = identity.remove;
    identity.remove = async () => {
      identity.remove = remove;
      throw new Error("the machine went down");
    };
    expect((await run()).status).toBe(500);
    const { body } = await officer.get("/api/privacy/retention");
    expect(body.runs[0]).toMatchObject({ dry: false });
    expect(body.runs[0].finishedAt).toBeUndefined();
    const resumed = (await run()).body.runs[0];
    expect(resumed).toMatchObject({ id: body.runs[0].id, counts: { caseIdentity: 2 } });
    expect(resumed.finishedAt).toBeTruthy();
  });

  it("of two that start at once, one works", async () => {
    const filed = await rated();
    await age(filed.id, 500);
    await dry();
    const since = new Date(made.clock.now).toISOString();
    const answers = await Promise.all([run(), run()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    type Run = { dry: boolean; startedAt: string; counts: { caseIdentity?: number } };
    const { runs } = (await officer.get("/api/privacy/retention")).body as { runs: Run[] };
    const removed = runs.filter(({ dry: counted, startedAt }) => !counted && startedAt > since);
    expect(removed.reduce((sum, { counts: each }) => sum + (each.caseIdentity ?? 0), 0)).toBe(1);
  });

  it("counts every night, and removes by itself only under a table that a person has carried out", async () => {
    made.clock.now += day;
    const filed = await rated();
    await age(filed.id, 500);
    const admin = await signedIn(made, "admin");
    const { settings } = (await admin.get("/api/privacy/retention")).body;
    const shorter = { ...settings.document, retention: { ...settings.document.retention, caseIdentity: 300 } };
    const longer = { ...settings.document, retention: { ...settings.document.retention, caseIdentity: 400 } };
    expect((await admin.send("PUT", "/api/admin/privacy", { version: 0, document: longer })).status).toBe(400);
    expect((await officer.send("PUT", "/api/admin/privacy", { version: 0, document: shorter })).status).toBe(403);
    expect(
      (await admin.send("PUT", "/api/admin/privacy", { version: 0, document: shorter })).body.settings.version,
    ).toBe(1);
    expect((await admin.send("PUT", "/api/admin/privacy", { version: 0, document: shorter })).body.error.code).toBe(
      "changedMeanwhile",
    );
    await retentionNight(made.house);
    expect(await everywhere(filed.id)).toContain("王阿姨");
    officer = await signedIn(made, "privacy");
    await run();
    const next = await rated();
    await age(next.id, 500);
    made.clock.now += day;
    await retentionNight(made.house);
    expect(await everywhere(next.id)).not.toContain("王阿姨");
    const { body } = await officer.get("/api/privacy/retention");
    expect(body.runs[0]).toMatchObject({ dry: false, counts: { caseIdentity: 1 } });
  });

  it("is for the privacy officer alone", async () => {
    for (const login of ["auditor", "admin", "dispatch"]) {
      const person = await signedIn(made, login);
      expect((await person.send("POST", "/api/privacy/retention/runs", { id: randomUUID(), dry: true })).status).toBe(
        403,
      );
    }
  });
});
