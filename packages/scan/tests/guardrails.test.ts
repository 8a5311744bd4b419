import { describe, expect, it } from "vitest";
import { scan, scanNow, scanStreams, type CaseCount, type Place, type ScanInput } from "../src/index.ts";

const places: Place[] = Array.from({ length: 4 }, (_, i) => ({ id: `p${i}`, x: i, y: 0 }));
const cases: CaseCount[] = Array.from({ length: 40 }, (_, i) => ({ place: i % 4, day: i % 10, count: 1 }));
const settings = { replicates: 9, maxShare: 0.5 };

describe("a scan is given places, categories and counts, never persons", () => {
  it("has no room for a person in its types", () => {
    // @ts-expect-error A case is a place, a day and a count.
    const named: CaseCount = { place: 0, day: 1, count: 1, reporter: "Wang" };
    // @ts-expect-error A place is not somebody's home.
    const home: Place = { id: "p9", x: 1, y: 1, resident: "Li" };
    // @ts-expect-error Words have no field.
    const told: ScanInput = { places, cases, text: "my neighbour" };
    for (const input of [{ places, cases: [named, ...cases] }, { places: [...places, home], cases }, told]) {
      expect(() => scanNow(input, settings)).toThrow(/only .* may be given/);
    }
  });

  it("refuses them when a caller has no types", async () => {
    const rows = cases.map((row) => ({ ...row, phone: "138" }));
    await expect(scan({ places, cases: rows }, settings)).rejects.toThrow(/a case has a field "phone"/);
    const columns = {
      place: cases.map((row) => row.place),
      day: cases.map((row) => row.day),
      count: cases.map((row) => row.count),
      person: cases.map(() => 1),
    };
    expect(() => scanNow({ places, cases: columns }, settings)).toThrow(/a field "person"/);
    const [first] = scanStreams({ places }, [{ key: "noise", cases: rows }], settings);
    expect(first!.refused).toMatch(/phone/);
  });

  it("answers with ids of places, days and figures alone", () => {
    const { clusters } = scanNow({ places, cases: [...cases, { place: 1, day: 9, count: 9 }] }, settings);
    for (const { locations, drivers, ...figures } of clusters) {
      expect(locations.every((id) => places.some((place) => place.id === id))).toBe(true);
      expect(drivers.every(({ location }) => locations.includes(location))).toBe(true);
      for (const figure of Object.values(figures).flat())
        expect(figure === null || typeof figure === "number").toBe(true);
    }
  });
});
