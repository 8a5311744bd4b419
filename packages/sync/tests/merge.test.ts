import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hear } from "../src/command/clock.ts";
import { conflictsOf, valuesOf, type FieldDocument } from "../src/merge/document.ts";
import { mergeEdit } from "../src/merge/edit.ts";
import { noon } from "./support.ts";

type Change = {
  fields: Record<string, number | string>;
  base: number;
  branch?: string;
  sequence?: number;
  by?: string;
};

function edit(document: FieldDocument | undefined, { fields, base, branch = "b1", sequence = 1, by = branch }: Change) {
  const said = new Date(noon).toISOString();
  return mergeEdit(document, { fields, by, versions: { base, branch, sequence }, heard: hear(noon, said, said) });
}

const start = edit(undefined, { fields: { need: "medicine", door: "2-301" }, base: 0 }).document;

describe("two people edit one record without knowing of each other", () => {
  it("merges edits of different fields", () => {
    const first = edit(start, { fields: { need: "food" }, base: 1, branch: "hai" });
    const both = edit(first.document, { fields: { door: "2-302" }, base: 1, branch: "fen" });
    expect(valuesOf(both.document)).toEqual({ need: "food", door: "2-302" });
    expect(both.flagged).toEqual([]);
  });

  it("flags a field that both changed, and keeps both values with who and when", () => {
    const first = edit(start, { fields: { need: "food" }, base: 1, branch: "hai" });
    const both = edit(first.document, { fields: { need: "water" }, base: 1, branch: "fen" });
    expect(both.flagged).toEqual(["need"]);
    expect(valuesOf(both.document).need).toBe("water");
    const [conflict] = conflictsOf(both.document);
    expect(conflict?.claims.map(({ value, by, at, saidAt }) => ({ value, by, at, saidAt }))).toEqual([
      { value: "food", by: "hai", at: "2026-11-23T04:00:00.000Z", saidAt: "2026-11-23T04:00:00.000Z" },
      { value: "water", by: "fen", at: "2026-11-23T04:00:00.000Z", saidAt: "2026-11-23T04:00:00.000Z" },
    ]);
  });

  it("does not flag the same value said twice", () => {
    const first = edit(start, { fields: { need: "food" }, base: 1, branch: "hai" });
    expect(edit(first.document, { fields: { need: "food" }, base: 1, branch: "fen" }).flagged).toEqual([]);
  });

  it("does not take a worker's own earlier edit for somebody else's", () => {
    const first = edit(start, { fields: { need: "food" }, base: 1, branch: "hai", sequence: 1 });
    const second = edit(first.document, { fields: { need: "water" }, base: 1, branch: "hai", sequence: 2 });
    expect(second.flagged).toEqual([]);
  });

  it("lets an edit that comes late from its own phone not undo a later one", () => {
    const later = edit(start, { fields: { need: "water" }, base: 1, branch: "hai", sequence: 2 });
    const late = edit(later.document, { fields: { need: "food" }, base: 1, branch: "hai", sequence: 1 });
    expect(valuesOf(late.document).need).toBe("water");
    expect(late.superseded).toEqual(["need"]);
  });

  it("is settled by an edit made in sight of both values, and by no other", () => {
    const first = edit(start, { fields: { need: "food" }, base: 1, branch: "hai" });
    const both = edit(first.document, { fields: { need: "water" }, base: 1, branch: "fen" });
    const blind = edit(both.document, { fields: { need: "both" }, base: 2, branch: "chen" });
    expect(conflictsOf(blind.document)[0]?.claims).toHaveLength(3);
    const seen = edit(both.document, { fields: { need: "both" }, base: 3, branch: "chen" });
    expect(conflictsOf(seen.document)).toEqual([]);
  });
});

const aChange = fc.record({
  fields: fc.dictionary(fc.constantFrom("a", "b", "c"), fc.integer({ min: 0, max: 3 }), { minKeys: 1 }),
  behind: fc.nat(4),
  branch: fc.constantFrom("hai", "fen", "chen"),
});

describe("whatever is edited in whatever order", () => {
  it("loses no value unseen: it stands, or is kept beside, or was replaced by somebody who had seen it or by its own phone", () => {
    fc.assert(
      fc.property(fc.array(aChange, { maxLength: 12 }), (changes) => {
        let document: FieldDocument = { version: 0, fields: {} };
        const history: { field: string; value: number; version: number; branch: string; base: number }[] = [];
        changes.forEach(({ fields, behind, branch }, index) => {
          const base = Math.max(0, document.version - behind);
          document = edit(document, { fields, base, branch, sequence: index + 1 }).document;
          for (const [field, value] of Object.entries(fields))
            history.push({ field, value, version: document.version, branch, base });
        });
        for (const claim of history) {
          const field = document.fields[claim.field]!;
          const kept = [field, ...(field.claims ?? [])].some(({ value }) => value === claim.value);
          const seen = history.some(
            (later) =>
              later.field === claim.field &&
              later.version > claim.version &&
              (later.base >= claim.version || later.branch === claim.branch),
          );
          expect(kept || seen).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
