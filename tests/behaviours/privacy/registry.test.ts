import { retentionKeys } from "@linge/domain/privacy/retention.ts";
import { basisTexts, processingPurposes, processingTexts } from "@linge/domain/privacy/processing.ts";
import { privacyLabels } from "@linge/domain/privacy/labels.ts";
import { describe, expect, it } from "vitest";
import { catalogueColumns } from "../../../apps/server/src/features/privacy/processing.ts";
import {
  personalColumns,
  registry,
  registryFaults,
} from "../../../apps/server/src/features/privacy/registry/registry.ts";
import { toCome, works } from "../../../apps/server/src/features/privacy/retention/works.ts";
import { signedIn, useHouse } from "../../support/house.ts";

const made = useHouse();
const catalogue = () => catalogueColumns(made.house.db);

describe("every column of the database", () => {
  it("is declared: nothing personal, or whose, why, on which basis and how long", async () => {
    expect(registryFaults(await catalogue())).toEqual([]);
  });

  it("is told how to be declared when it is new, and when it has gone", async () => {
    const columns = await catalogue();
    const [fault] = registryFaults([...columns, { table: "visits", column: "household" }]);
    expect(fault).toContain("visits.household declares nothing");
    expect(fault).toContain("apps/server/src/features/privacy/registry/");
    expect(registryFaults(columns.filter(({ column }) => column !== "reporter"))).toEqual([
      expect.stringContaining("case_reporters.reporter stands in"),
    ]);
    const twice = {
      ...registry,
      residents: { ...registry.residents!, plain: ["city_id", "created_at", "left_at", "phone"] },
    };
    expect(registryFaults(columns, twice)).toEqual([expect.stringContaining("residents.phone is declared twice")]);
  });

  it("names a purpose, a basis and a time that are explained in both languages", () => {
    for (const language of ["zh", "en"] as const)
      for (const { purpose, basis, kept, ...column } of personalColumns()) {
        expect(column[language].length, `${column.table}.${column.column}`).toBeGreaterThan(1);
        expect(processingTexts[language][purpose].safeguards).toBeTruthy();
        expect(basisTexts[language][basis]).toBeTruthy();
        if (kept !== "employment" && kept !== "withRecord")
          expect(privacyLabels[language].retention[kept].what).toBeTruthy();
      }
    expect(new Set(personalColumns().map(({ purpose }) => purpose)).size).toBeLessThanOrEqual(
      processingPurposes.length,
    );
  });

  it("of residents leaves by the table: never 'with the record' alone", () => {
    const forever = personalColumns().filter(
      ({ of, kept, table }) => of === "resident" && kept === "withRecord" && table !== "legal_holds",
    );
    expect(forever.map(({ table, column }) => `${table}.${column}`)).toEqual([]);
  });
});

/** Tables whose data goes by other ways than the nightly work of its kind, and which. */
const goesOtherwise: Record<string, string> = {
  outbox: "a row goes in the transaction that did its work",
  sync_commands: "what waits is cleared when the step before has come, or its deadline has passed",
};

describe("every kind of the retention table", () => {
  it("is carried out on each table that declares it", () => {
    const left = personalColumns().filter(({ table, kept }) => {
      const work = works.find(({ key }) => key === kept);
      return work !== undefined && !work.tables.includes(table) && !(table in goesOtherwise);
    });
    expect(
      [...new Set(left.map(({ table, kept }) => `${table} says ${kept}, and its work does not touch it`))],
      "add the table to the work in apps/server/src/features/privacy/retention/, or say how it goes",
    ).toEqual([]);
  });

  it("is carried out, or says which table will carry it; as soon as that table exists, so must the work", async () => {
    const tables = new Set((await catalogue()).map(({ table }) => table));
    const carriedOut = new Set(works.map(({ key }) => key));
    for (const key of retentionKeys) {
      const table = toCome[key];
      expect(
        carriedOut.has(key) || (table !== undefined && !tables.has(table)),
        `${key}: the table ${table ?? "?"} is there; add a work to apps/server/src/features/privacy/retention/works.ts`,
      ).toBe(true);
    }
    for (const { tables: touched } of works) for (const table of touched) expect(tables, table).toContain(table);
  });

  it("can be read by privacy officer, auditor and administrator as the record of processing", async () => {
    for (const login of ["privacy", "auditor", "admin"]) {
      const { body } = await (await signedIn(made, login)).get("/api/privacy/processing");
      expect(body.undeclared).toEqual([]);
      expect(body.personal.find((each: { table: string }) => each.table === "case_reporters")).toMatchObject({
        column: "reporter",
        purpose: "contact",
        basis: "consent",
        days: 365,
      });
    }
    expect((await (await signedIn(made, "dispatch")).get("/api/privacy/processing")).status).toBe(403);
  });
});
