import { documentKinds } from "@linge/domain/settings/documents.ts";
import { beforeAll, describe, expect, it } from "vitest";
import { aReport, dispatched, give, signedIn, useHouse, visitor, type Person } from "../../support/house.ts";

const made = useHouse();
let admin: Person;
beforeAll(async () => void (admin = await signedIn(made, "admin")));

const path = (kind: string): string => `/api/admin/${kind === "routingRules" ? "routing-rules" : kind}`;
type Row = Record<string, any>;

/** Reads a document, changes it and saves it. */
async function save(kind: string, change: (rows: Row[]) => Row[] | void, note?: string) {
  const { version, document } = (await admin.get(path(kind))).body as { version: number; document: Row[] };
  const rows = change(document) ?? document;
  return admin.send("PUT", path(kind), { version, document: rows, ...(note && { note }) });
}

const portRule = {
  id: "port-lamps",
  when: { categoryIds: ["facilities.streetLights"], words: ["渔港"] },
  lead: "330903-port",
  assist: ["330903-publicWorks"],
  note: "渔港里的灯归港航",
};

describe("a document", () => {
  it("keeps who saved it, when and why, and an older version can be seen and put back", async () => {
    const before = (await admin.get(path("templates"))).body;
    const saved = await save(
      "templates",
      (rows) => [...rows, { id: "thanks", zh: "谢谢", en: "Thanks", text: "谢谢您告诉我们。" }],
      "加一条",
    );
    expect(saved.body.version).toBe(before.version + 1);
    const { versions } = (await admin.get(`${path("templates")}/versions`)).body;
    expect(versions[0]).toMatchObject({ version: before.version + 1, savedBy: "管理员", note: "加一条" });
    const old = (await admin.get(`${path("templates")}/versions/${before.version}`)).body;
    expect(old.changes).toMatchObject([{ id: "thanks", what: "removed" }]);
    await save("templates", () => old.document, "恢复");
    expect((await admin.get(path("templates"))).body.document).toEqual(before.document);
    expect((await admin.get(`${path("templates")}/versions/99`)).status).toBe(404);
  });

  it("is not saved over what somebody else saved meanwhile", async () => {
    const { version, document } = (await admin.get(path("templates"))).body;
    await save("templates", (rows) => rows);
    const late = await admin.send("PUT", path("templates"), { version, document });
    expect(late.body.error.code).toBe("changedMeanwhile");
  });

  it("says which row is wrong, in words, and saves nothing", async () => {
    const refused = await save("categories", (rows) => void (rows[3]!.leadKind = "kites"));
    expect(refused.status).toBe(422);
    expect(refused.body.error.message).toContain(
      "第 4 行（environment.publicToilets）主办单位类型：没有“kites”这一类单位",
    );
    const shape = await save("categories", (rows) => void (rows[3]!.promise.amount = 0));
    expect(shape.body.error.message).toContain("第 4 行（environment.publicToilets）答复期限：数太小");
    expect(shape.body.error.params.problems[0]).toMatchObject({ row: 4, code: "wrongShape" });
  });

  it.each(documentKinds)("%s go out as a table and come back with nothing to change", async (kind) => {
    for (const format of ["csv", "json"]) {
      const file = await admin.get(`${path(kind)}/export?format=${format}`);
      expect(file.headers["content-disposition"]).toContain(`linge-${kind}.${format}`);
      const back = await admin.send("POST", `${path(kind)}/preview`, { format, text: file.text });
      expect(back.body).toMatchObject({ problems: [], changes: [] });
    }
  });

  it("shows what an import would change before anything does", async () => {
    const csv = (await admin.get(`${path("categories")}/export?format=csv`)).text;
    const changed = csv.replace("暴露垃圾", "露天垃圾");
    const preview = (await admin.send("POST", `${path("categories")}/preview`, { format: "csv", text: changed })).body;
    expect(preview.changes).toEqual([
      { id: "environment.litter", what: "changed", fields: [{ path: "zh", before: "暴露垃圾", after: "露天垃圾" }] },
    ]);
    expect((await admin.get(path("categories"))).body.document[0].zh).toBe("暴露垃圾");
    const saved = await save("categories", () => preview.document);
    expect(saved.body.document[0]).toMatchObject({ zh: "露天垃圾", version: 2 });
    expect(saved.body.document[1].version).toBe(1);
    const broken = await admin.send("POST", `${path("categories")}/preview`, { format: "json", text: "{]" });
    expect(broken.body.error.code).toBe("malformedJson");
  });
});

describe("units", () => {
  it("are retired only with empty hands, and then get no more work but keep their name", async () => {
    const { id } = await dispatched(made, "330903-gasCompany");
    const retire = (rows: Row[]): void => void (rows.find((row) => row.id === "330903-gasCompany")!.retired = true);
    const refused = await save("units", retire);
    expect(refused.body.error.message).toContain("还有 1 张工单没办完");
    const desk = await signedIn(made, "dispatch");
    await give(desk, id, { type: "void", reason: "试的" });
    expect((await save("units", retire)).status).toBe(200);
    const other = (await visitor(made).send("POST", "/api/cases", aReport({ categoryId: "facilities.gasSupply" })))
      .body;
    await give(desk, other.id, { type: "file" });
    expect((await desk.get(`/api/cases/${other.id}`)).body.routing.lead).toBeUndefined();
    const sent = await give(desk, other.id, { type: "dispatch", lead: "330903-gasCompany", assist: [] });
    expect(sent.body.error.code).toBe("unknownUnit");
    const { units } = (await desk.get("/api/units")).body;
    expect(units.find((unit: Row) => unit.id === "330903-gasCompany")).toMatchObject({
      zh: "普陀区燃气公司",
      retired: true,
    });
  });

  it("can be added, and work at once", async () => {
    const unit = { id: "330903-lamps", zh: "普陀区路灯所", en: "Putuo Lamps", kind: "lamps", areaCode: "330903000000" };
    await save("units", (rows) => [...rows, unit]);
    await save(
      "categories",
      (rows) => void (rows.find((row) => row.id === "facilities.streetLights")!.leadKind = "lamps"),
    );
    const report = (await visitor(made).send("POST", "/api/cases", aReport())).body;
    const desk = await signedIn(made, "dispatch");
    const { routing } = (await desk.get(`/api/cases/${report.id}`)).body;
    expect(routing).toMatchObject({ lead: "330903-lamps", because: [{ code: "category" }, { code: "area" }] });
  });
});

describe("routing rules", () => {
  it("are tried on past cases first: a table of before and after, and nothing of what the cases say", async () => {
    await visitor(made).send("POST", "/api/cases", aReport({ text: "渔港里的路灯灭了" }));
    const tried = await admin.send("POST", `${path("routingRules")}/dry-run`, { document: [portRule] });
    expect(tried.body.total).toBe(1);
    const [row] = tried.body.changed;
    expect(row.after).toMatchObject({ lead: "330903-port", assist: ["330903-publicWorks"] });
    expect(row.after.because[0]).toEqual({ code: "rule", params: { id: portRule.id, note: portRule.note } });
    expect(row.before.lead).not.toBe("330903-port");
    expect(tried.text).not.toContain("渔港里的路灯灭了");
    const wrong = await admin.send("POST", `${path("routingRules")}/dry-run`, {
      document: [{ ...portRule, lead: "x" }],
    });
    expect(wrong.body.error.code).toBe("unusableRows");
  });

  it("say on the case why it went where it went, also after the rules have changed", async () => {
    await save("routingRules", () => [portRule]);
    const report = (await visitor(made).send("POST", "/api/cases", aReport({ text: "渔港三号码头的灯灭了" }))).body;
    const desk = await signedIn(made, "dispatch");
    await give(desk, report.id, { type: "file" });
    await give(desk, report.id, { type: "dispatch", lead: "330903-publicWorks", assist: [] });
    await save("routingRules", () => []);
    const { routed, firstReceiver } = (await desk.get(`/api/cases/${report.id}`)).body.case;
    expect(routed).toMatchObject({ lead: "330903-port", ruleId: "port-lamps", followed: false, rulesVersion: 2 });
    expect(firstReceiver.unitId).toBe("330903-publicWorks");
  });
});

it("a calendar of its own moves a category's promise", async () => {
  const calendar = {
    id: "everyDay",
    version: 1,
    offsetMinutes: 480,
    hours: Object.fromEntries("0123456".split("").map((day) => [day, [["00:00", "24:00"]]])),
    holidays: [],
    workdays: [],
  };
  await save("calendars", (rows) => [...rows, calendar]);
  const before = (await visitor(made).send("POST", "/api/cases", aReport({ categoryId: "traffic.roadSurface" }))).body;
  await save(
    "categories",
    (rows) => void (rows.find((row) => row.id === "traffic.roadSurface")!.calendarId = "everyDay"),
  );
  const after = (await visitor(made).send("POST", "/api/cases", aReport({ categoryId: "traffic.roadSurface" }))).body;
  expect(Date.parse(after.dueAt)).toBeLessThan(Date.parse(before.dueAt));
});
