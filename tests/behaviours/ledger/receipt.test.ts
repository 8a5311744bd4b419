import {
  checkProof,
  checkReceipt,
  compareCase,
  entryOf,
  leafHash,
  parseProof,
  parseReceipt,
  readVerifierKey,
  textOf,
  type NamedKey,
  type ReceiptFact,
} from "@linge/tlog";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditLedger, type Found } from "../../../apps/server/src/features/ledger/audit.ts";
import type { Standing } from "../../../apps/server/src/features/ledger/receipt.ts";
import { logKey } from "../../../apps/server/src/features/ledger/key.ts";
import { sequence } from "../../../apps/server/src/features/ledger/sequence.ts";
import { dispatched, give, signedIn, useHouse, visitor } from "../../support/house.ts";

const made = useHouse();
let log: NamedKey;
let owner: pg.Client;
let link = "";
let caseId = "";

beforeAll(async () => {
  owner = new pg.Client(made.owner);
  await owner.connect();
  log = readVerifierKey((await visitor(made).get("/ledger/key")).text.trim());
  ({ link, id: caseId } = await dispatched(made));
  const unit = await signedIn(made, "330903-publicWorks");
  const checker = await signedIn(made, "checker");
  await give(unit, caseId, { type: "accept" });
  await give(unit, caseId, { type: "contact", note: "打过电话" });
  await give(unit, caseId, { type: "respond", answer: "灯泡已更换" });
  await give(checker, caseId, { type: "check", passed: true, note: "现场看过" });
  const form = { "content-type": "application/x-www-form-urlencoded" };
  await made.app.inject({
    method: "POST",
    url: `${link}/rate`,
    headers: form,
    payload: "resolved=no&satisfaction=2&comment=还是不亮",
  });
  await sequence(made.house);
});
afterAll(() => owner.end());

const receipt = async () => parseReceipt((await visitor(made).get(`${link}/receipt`)).text);
async function standing(): Promise<string[]> {
  const { receipt: now, told, events } = (await visitor(made).get(`${link}/standing`)).body as Standing;
  return compareCase(now.facts, events, told).map(({ code, what, field }) =>
    [code, what, field].filter(Boolean).join(" "),
  );
}
async function audited(): Promise<string[]> {
  const found: Found[] = [];
  await auditLedger(made.house, { key: (await logKey(made.house)).key }, (each) => found.push(each));
  // Log and cases are looked at side by side; which speaks first is chance.
  return found
    .map((each) => [each.code, "what" in each ? each.what : each.kind, each.field].filter(Boolean).join(" "))
    .sort();
}

it("gives whoever holds the link every fact of the case, proven", async () => {
  const { opened, faults } = await checkReceipt(await receipt(), log);
  expect(faults).toEqual([]);
  expect((await receipt()).facts.map(({ fact }) => fact.kind)).toEqual([
    "reported",
    "filed",
    "dispatched",
    "promised",
    "accepted",
    "contacted",
    "handled",
    "checked",
    "closed",
    "rated",
  ]);
  expect(opened.checkpoint.size).toBe(10);
  expect((await receipt()).facts[6]!.words!.answer!.text).toBe("灯泡已更换");
});

it("gives a single fact as a proof file", async () => {
  const answer = await visitor(made).get(`${link}/proof/9`);
  const file = parseProof(answer.text);
  const opened = JSON.parse(textOf(file.extra!)) as ReceiptFact;
  expect((await checkProof(file, leafHash(entryOf(opened)), log)).checkpoint.size).toBe(10);
  expect(opened.fact.data).toMatchObject({ resolved: false, satisfaction: 2 });
});

it("gives nothing to others", async () => {
  const stranger = `/f/${"x".repeat(43)}`;
  for (const url of [`${stranger}/receipt`, `${stranger}/standing`, `${stranger}/proof/0`, `${link}/proof/10`])
    expect([url, (await visitor(made).get(url)).status]).toEqual([url, 404]);
  const text = (await visitor(made).get(`${link}/standing`)).text;
  for (const secret of ["13800001234", "王阿姨"]) expect(text).not.toContain(secret);
});

it("says nothing is wrong where nothing was touched", async () => {
  expect(await standing()).toEqual([]);
  expect(await audited()).toEqual([]);
});

/** Somebody with the keys of the database changes it by hand; what page and auditor must then say. */
const byHand: [what: string, statement: string, restore: string, page: string, audit: string][] = [
  [
    "makes the verdict a good one",
    "update cases set record = jsonb_set(record, '{rating,resolved}', 'true')",
    "update cases set record = jsonb_set(record, '{rating,resolved}', 'false')",
    "altered case rating",
    "altered case rating",
  ],
  [
    "rewrites the answer in the history",
    `update case_events set data = jsonb_set(data, '{answer}', '"已处理"') where type = 'responded'`,
    `update case_events set data = jsonb_set(data, '{answer}', '"灯泡已更换"') where type = 'responded'`,
    "altered handled answer",
    "altered handled answer",
  ],
  [
    "moves the promised date",
    `update cases set record = jsonb_set(record, '{orders,0}', (record #> '{orders,0}') || '{"dueAt":"2027-01-01T00:00:00.000Z"}')`,
    `update cases set record = jsonb_set(record, '{orders,0,dueAt}', to_jsonb((select to_char(due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from work_orders)))`,
    "altered promised dueAt",
    "altered promised dueAt",
  ],
  [
    "drops the rating's event",
    "update case_events set type = 'hidden' where type = 'rated'",
    "update case_events set type = 'rated' where type = 'hidden'",
    "missing rated",
    "missing rated",
  ],
  [
    "rewrites what was reported",
    "update cases set record = jsonb_set(record, '{text}', '\"路灯闪了一下\"')",
    "update cases set record = jsonb_set(record, '{text}', '\"滨港路的路灯灭了三天\"')",
    "altered case text",
    "altered case text",
  ],
];

it.each(byHand)("tells the resident and the auditor when someone %s", async (_, statement, restore, page, audit) => {
  await owner.query(statement);
  expect(await standing()).toContain(page);
  expect(await audited()).toContain(audit);
  await owner.query(restore);
  expect(await audited()).toEqual([]);
});

it("names a leaf that was removed, changed, or put in by hand", async () => {
  await owner.query("create table kept as select * from ledger_leaves where seq = 9");
  await owner.query("delete from ledger_leaves where seq = 9");
  expect(await audited()).toEqual(["altered case rating", "extra rated", "missing"]);
  await owner.query("insert into ledger_leaves select * from kept");
  await owner.query("update ledger_leaves set data = jsonb_set(data, '{resolved}', 'true') where seq = 9");
  expect(await audited()).toContain("altered rated fact");
  await owner.query("delete from ledger_leaves where seq = 9");
  await owner.query("insert into ledger_leaves select * from kept");
  await owner.query("update kept set seq = 10, id = gen_random_uuid()");
  await owner.query("insert into ledger_leaves select * from kept");
  expect(await audited()).toContain("extra rated");
  await owner.query("delete from ledger_leaves where seq = 10");
  expect(await audited()).toEqual([]);
});

it("names a tile, a published entry or a checkpoint that was changed by hand", async () => {
  const spoil = "set_byte(bytes, 70, 1 + get_byte(bytes, 70) % 255)";
  await owner.query("create table tiles_kept as select * from ledger_tiles");
  const restore =
    "update ledger_tiles t set bytes = k.bytes from tiles_kept k where k.level = t.level and k.index = t.index";
  await owner.query(`update ledger_tiles set bytes = ${spoil} where level = 0`);
  expect(await audited()).toEqual(["altered tile/0/000.p/10"]);
  await owner.query(restore);
  await owner.query(`update ledger_tiles set bytes = ${spoil} where level = -1`);
  expect(await audited()).toEqual(expect.arrayContaining(["altered dispatched commitment", "rewritten"]));
  await owner.query(restore);
  await owner.query("create table checkpoints_kept as select * from ledger_checkpoints");
  await owner.query("update ledger_checkpoints set note = replace(note, E'\\n10\\n', E'\\n8\\n')");
  expect(await audited()).toContain("altered checkpoint");
  await owner.query("update ledger_checkpoints c set note = k.note from checkpoints_kept k where k.size = c.size");
  expect(await audited()).toEqual([]);
});

it("can still be opened when the person's words are gone as their time was up", async () => {
  const kept = await receipt();
  expect(
    (await give(await signedIn(made, "privacy"), caseId, { type: "removeIdentity", reason: "本人要求" })).body.error,
  ).toBeUndefined();
  await sequence(made.house);
  const now = await receipt();
  expect((await checkReceipt(now, log)).faults).toEqual([]);
  expect(JSON.stringify(now)).not.toContain("灯泡已更换");
  expect(now.facts[6]!.fact).toEqual(kept.facts[6]!.fact);
  expect(await audited()).toEqual([]);
});
