import { levelOfCode, parentOfCode } from "./code.ts";
import type { Fault } from "./fault.ts";
import type { Area } from "./types.ts";

/** Codes that are malformed or under the wrong parent, parents and predecessors that are missing, codes used twice. */
export function checkHierarchy(areas: readonly Area[]): Fault[] {
  const inForce = areas.filter(({ validTo }) => validTo === undefined);
  const byCode = Map.groupBy(inForce, ({ code }) => code);
  const ids = new Set(areas.map(({ id }) => id));
  const cities = inForce.filter(({ level }) => level === "city");
  const faults: Fault[] = [];
  if (cities.length !== 1) {
    const codes = cities.map(({ code }) => code);
    faults.push(
      hierarchy(codes, `应有一个市，实有 ${cities.length} 个`, `there must be one city, there are ${cities.length}`),
    );
  }
  for (const [code, same] of byCode) {
    if (same.length > 1)
      faults.push(hierarchy([code], `编码重复 ${same.length} 次`, `the code is in force ${same.length} times`));
  }
  return [
    ...faults,
    ...inForce.flatMap((area) => [...codeFaults(area), ...parentFaults(area, byCode), ...propertyFaults(area)]),
    ...areas.flatMap((area) => versionFaults(area, ids)),
  ];
}

function hierarchy(codes: string[], zh: string, en: string): Fault {
  return { kind: "hierarchy", codes, zh, en };
}

function codeFaults({ code, level, parentCode }: Area): Fault[] {
  const wrong = (zh: string, en: string): Fault[] => [{ kind: "wrongCode", codes: [code], zh, en }];
  const spoken = levelOfCode(code);
  if (!spoken) return wrong("不是有效编码（12、15 或 18 位数字）", "not a code of 12, 15 or 18 digits");
  if (spoken !== level)
    return wrong(`编码属于 ${spoken}，登记为 ${level}`, `the code is of a ${spoken}, the area is a ${level}`);
  const expected = parentOfCode(code);
  if (expected !== parentCode)
    return wrong(`上级应为 ${expected}，登记为 ${parentCode}`, `its parent must be ${expected}, not ${parentCode}`);
  return [];
}

function parentFaults({ code, parentCode }: Area, byCode: Map<string, Area[]>): Fault[] {
  if (parentCode === null || byCode.has(parentCode)) return [];
  return [hierarchy([code], `上级 ${parentCode} 不存在`, `its parent ${parentCode} does not exist`)];
}

function propertyFaults({ code, level, focus, kind, geometry, vessels }: Area): Fault[] {
  if (level !== "grid") return [];
  const faults: Fault[] = [];
  if (!focus)
    faults.push(
      hierarchy([code], "网格缺少类别（重点、服务、联络）", "the grid has no focus (key, service or liaison)"),
    );
  if (!kind)
    faults.push(hierarchy([code], "网格缺少类型（综合、专属）", "the grid has no kind (general or dedicated)"));
  if (!geometry && !vessels)
    faults.push(hierarchy([code], "网格既无边界也无船舶名册", "the grid has neither lines nor a roster of vessels"));
  if (geometry && vessels)
    faults.push(hierarchy([code], "海上网格不应有边界", "a maritime grid is a roster and has no lines"));
  return faults;
}

function versionFaults({ code, validFrom, validTo, predecessors }: Area, ids: Set<string>): Fault[] {
  const faults = predecessors
    .filter((id) => !ids.has(id))
    .map((id) => hierarchy([code], `前身 ${id} 不存在`, `its predecessor ${id} does not exist`));
  if (validTo !== undefined && validTo <= validFrom) {
    faults.push(
      hierarchy(
        [code],
        `失效日 ${validTo} 不晚于生效日 ${validFrom}`,
        `it ends on ${validTo}, not after it began on ${validFrom}`,
      ),
    );
  }
  return faults;
}
