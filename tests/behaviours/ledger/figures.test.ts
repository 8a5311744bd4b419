import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { monthOf } from "@linge/domain/assessment/month.ts";
import { remoteLog } from "../../../apps/cli/src/ledger/remote.ts";
import { verifyFigures, type FiguresFault } from "../../../apps/cli/src/ledger/verifyFigures.ts";
import { publishMonth } from "../../../apps/server/src/features/figures/monthly.ts";
import { auditLedger, type Found } from "../../../apps/server/src/features/ledger/audit.ts";
import { sequence } from "../../../apps/server/src/features/ledger/sequence.ts";
import { dispatched, give, monday, signedIn, useHouse, visitor } from "../../support/house.ts";

const made = useHouse();
const november = monthOf("2026-11", 480);
const works = "330903-publicWorks";
const day = 86_400_000;
let folder = "";
let base = "";
let owner: pg.Client;
const file = (name: string): string => join(folder, name);

/** Three lead orders fall due in November: one answered in time and liked, one answered late, one left alone. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "linge-figures-"));
  owner = new pg.Client(made.owner);
  await owner.connect();
  const [good, late] = [await dispatched(made), await dispatched(made), await dispatched(made)];
  const unit = await signedIn(made, works);
  const checker = await signedIn(made, "checker");
  for (const { id } of [good, late]) {
    await give(unit, id, { type: "accept" });
    await give(unit, id, { type: "contact", note: "打过电话" });
  }
  await give(unit, good.id, { type: "respond", answer: "换好了" });
  await give(checker, good.id, { type: "check", passed: true, note: "亮了" });
  await made.app.inject({
    method: "POST",
    url: `${good.link}/rate`,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    payload: "resolved=yes&satisfaction=5",
  });
  made.clock.now = monday + 9 * day;
  await give(await signedIn(made, works), late.id, { type: "respond", answer: "换好了" });
  made.clock.now = monday + 10 * day;
  await sequence(made.house);
  expect(await publishMonth(made.house, november)).toBe(true);
  await sequence(made.house);
  await made.app.listen({ port: 0, host: "127.0.0.1" });
  base = `http://127.0.0.1:${(made.app.server.address() as AddressInfo).port}`;
  writeFileSync(file("figures.json"), (await visitor(made).get("/api/public/figures/months/2026-11")).text);
  const { logFrom, logSize } = figures();
  const auditor = await signedIn(made, "auditor");
  const opened = await auditor.get(`/api/ledger/openings?from=${logFrom}&to=${logSize}&purpose=复算十一月`);
  writeFileSync(file("openings.ndjson"), opened.text);
});
afterAll(async () => {
  await owner.end();
  rmSync(folder, { recursive: true, force: true });
});

const figures = () => JSON.parse(readFileSync(file("figures.json"), "utf8")).figures;
const lines = (): string[] => readFileSync(file("openings.ndjson"), "utf8").trimEnd().split("\n");

async function verify(name = "figures.json", openings = "openings.ndjson"): Promise<FiguresFault[]> {
  const log = remoteLog(`${base}/ledger`);
  return (await verifyFigures(file(name), { log, openings: file(openings) })).faults;
}

function withOpenings(change: (lines: string[]) => string[]): Promise<FiguresFault[]> {
  writeFileSync(file("changed.ndjson"), `${change(lines()).join("\n")}\n`);
  return verify("figures.json", "changed.ndjson");
}

it("publishes a month once, counted over the orders that fell due", async () => {
  expect(figures().units).toEqual([
    {
      unitId: works,
      due: 3,
      onTime: 1,
      contacted: 2,
      reworked: 0,
      reopened: 0,
      answered: 1,
      resolved: 1,
      satisfied: 1,
    },
  ]);
  expect(await publishMonth(made.house, november)).toBe(false);
  expect((await visitor(made).get("/api/public/figures/months")).body).toEqual({ months: ["2026-11"] });
  for (const path of ["/api/public/figures/months/2026-10", "/figures/2026-10", "/figures/x"])
    expect((await visitor(made).get(path)).status).toBe(404);
  expect((await visitor(made).get("/figures")).text).toContain('href="/figures/2026-11"');
  const page = (await visitor(made).get("/figures/2026-11")).text;
  expect(page).toContain("到期 3 件，按期答复 1 件。");
  expect(page).toContain("npx linge verify figures linge-2026-11.json");
});

it("lets an auditor make the figures anew from what he may open, without anybody's words", async () => {
  expect(await verify()).toEqual([]);
  const text = lines().join("");
  for (const secret of ["换好了", "路灯", "13800001234", "王阿姨"]) expect(text).not.toContain(secret);
  expect((await visitor(made).get("/api/ledger/openings?from=0&to=9&purpose=好奇得很")).status).toBe(401);
  expect((await (await signedIn(made, "admin")).get("/api/ledger/openings?from=0&to=9&purpose=好奇得很")).status).toBe(
    403,
  );
  const looks = await owner.query("select target, purpose from audit where action = 'openLedger'");
  expect(looks.rows).toEqual([{ target: `${figures().logFrom}-${figures().logSize}`, purpose: "复算十一月" }]);
});

it("says which figure was polished", async () => {
  const polished = JSON.parse(readFileSync(file("figures.json"), "utf8"));
  polished.figures.units[0].onTime = 3;
  writeFileSync(file("polished.json"), JSON.stringify(polished));
  expect(await verify("polished.json")).toEqual([
    { code: "notPublished", why: "the log does not have these figures" },
    { code: "altered", unitId: works, field: "onTime", published: 3, made: 1 },
  ]);
});

it("says which entries somebody did not want to open, and which openings are not the log's", async () => {
  const late = lines().findLastIndex((line) => line.includes('"handled"'));
  const { index } = JSON.parse(lines()[late]!);
  expect(await withOpenings((all) => all.filter((_, at) => at !== late))).toContainEqual({
    code: "unopened",
    from: index,
    to: index + 1,
  });
  const backdated = (line: string): string => line.replace(/"at":"2026-12[^"]*"/, '"at":"2026-11-24T00:00:00.000Z"');
  expect(await withOpenings((all) => all.map((line, at) => (at === late ? backdated(line) : line)))).toContainEqual({
    code: "badOpening",
    index,
    why: "this is not what the log has here",
  });
});

it("is told on when somebody changes published figures in the database", async () => {
  const audited = async (): Promise<Found[]> => {
    const found: Found[] = [];
    await auditLedger(made.house, {}, (each) => found.push(each));
    return found;
  };
  expect(await audited()).toEqual([]);
  await owner.query("update monthly_figures set document = jsonb_set(document, '{units,0,onTime}', '3')");
  expect(await audited()).toMatchObject([{ code: "altered", what: "figures.published", field: "units" }]);
  await owner.query("delete from monthly_figures");
  expect(await audited()).toMatchObject([{ code: "missing", what: "figures.published" }]);
});
