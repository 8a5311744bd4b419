import type { Fault } from "./fault.ts";
import { polygonArea } from "./shape.ts";
import type { Area, Ring } from "./types.ts";

/** Rings that are open, too short, empty or not on earth. */
export function checkGeometry(areas: readonly Area[]): Fault[] {
  return areas.flatMap(({ code, geometry }) => {
    if (!geometry) return [];
    const fault = (zh: string, en: string): Fault => ({ kind: "geometry", codes: [code], zh, en });
    if (geometry.coordinates.length === 0) return [fault("没有图形", "has a geometry without polygons")];
    const wrong = geometry.coordinates
      .flat()
      .map(wrongRing)
      .find((found) => found !== undefined);
    if (wrong) return [fault(wrong.zh, wrong.en)];
    return geometry.coordinates.some((polygon) => polygonArea(polygon) <= 0)
      ? [fault("面积为零", "has a polygon without area")]
      : [];
  });
}

function wrongRing(ring: Ring): { zh: string; en: string } | undefined {
  const off = ring.find(([lon, lat]) => !(Math.abs(lon) <= 180 && Math.abs(lat) <= 90));
  if (off)
    return {
      zh: `坐标无效：${off.join("、")}（经度在前）`,
      en: `position ${off.join(", ")} is not on earth (longitude comes first)`,
    };
  if (ring.length < 4)
    return { zh: `边界只有 ${ring.length} 个点`, en: `a ring has ${ring.length} positions, it needs 4` };
  const [first, last] = [ring[0]!, ring.at(-1)!];
  if (first[0] !== last[0] || first[1] !== last[1])
    return { zh: "边界未闭合", en: "a ring does not end where it begins" };
  return undefined;
}
