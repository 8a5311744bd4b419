import type { Fault } from "./fault.ts";
import type { Area } from "./types.ts";

/** Cover at sea: a maritime grid has vessels, and no vessel is on two rosters. */
export function checkRosters(areas: readonly Area[]): Fault[] {
  const grids = areas.filter(({ vessels }) => vessels !== undefined);
  const empty = grids
    .filter(({ vessels }) => vessels!.length === 0)
    .map(({ code }): Fault => ({
      kind: "gap",
      codes: [code],
      zh: "海上网格没有船舶",
      en: "the roster of vessels is empty",
    }));
  const entries = grids.flatMap(({ code, vessels }) => vessels!.map(({ name }) => ({ code, name })));
  const twice = Array.from(Map.groupBy(entries, ({ name }) => name).entries()).filter(([, rows]) => rows.length > 1);
  return [
    ...empty,
    ...twice.map(([name, rows]): Fault => {
      const codes = [...new Set(rows.map(({ code }) => code))];
      return {
        kind: "overlap",
        codes,
        zh: `船舶 ${name} 重复登记`,
        en: `vessel ${name} is listed ${rows.length} times`,
      };
    }),
  ];
}
