import { caseStates } from "@linge/domain/case/state.ts";
import type { House } from "../../platform/house.ts";

export type Property = {
  type: "string" | "integer" | "boolean";
  format?: string;
  title: string;
  description: string;
  enum?: readonly string[];
};
export type Collection = {
  id: "cases" | "counts" | "areas";
  title: string;
  description: string;
  /** What can be asked for, beside place and time. */
  queryables: readonly string[];
  properties: Record<string, Property>;
};

const text = (zh: string, en: string, more: Partial<Property> = {}): Property => ({
  type: "string",
  title: en,
  description: `${zh} ${en}`,
  ...more,
});
const day = (zh: string, en: string): Property => text(zh, en, { format: "date" });
const count = (zh: string, en: string): Property => ({
  type: "integer",
  title: en,
  description: `${zh}；空着表示少于 5。${en}; empty means fewer than five.`,
});

export const collections: readonly Collection[] = [
  {
    id: "cases",
    title: "公开的事 Published cases",
    description:
      "经审核公开的事。位置是约 500 米方格的中心，时间只到日。Moderated cases; a place is the centre of a cell of about 500 m, a time is a day.",
    queryables: ["category", "area", "state"],
    properties: {
      number: text("编号", "number"),
      category: text("类别，或大类", "category, or its family"),
      categoryZh: text("类别", "category in Chinese"),
      categoryEn: text("类别", "category in English"),
      state: text("状态", "state", { enum: caseStates }),
      stateZh: text("状态", "state in Chinese"),
      stateEn: text("状态", "state in English"),
      reportedOn: day("反映日期", "day of the report"),
      closedOn: day("办结日期", "day of closing"),
      area: text("镇、街道代码", "code of the township"),
      areaZh: text("镇、街道", "township in Chinese"),
      areaEn: text("镇、街道", "township in English"),
      unitZh: text("承办单位", "unit in Chinese"),
      unitEn: text("承办单位", "unit in English"),
      text: text("公开的内容", "moderated text"),
      synthetic: { type: "boolean", title: "synthetic", description: "演示数据 invented for the demonstration" },
    },
  },
  {
    id: "counts",
    title: "每月件数 Monthly counts",
    description:
      "每月、每镇、每大类的件数；少于 5 的并到县或全市，不另给合计。Counts by month, township and family; what is below five is put together in the county or the city, and no totals are given beside.",
    queryables: ["month", "area", "family"],
    properties: {
      month: text("月份", "month"),
      revision: { type: "integer", title: "revision", description: "第几版 revision of the month" },
      area: text("区域代码", "code of the area"),
      areaZh: text("区域", "area in Chinese"),
      areaEn: text("区域", "area in English"),
      family: text("大类；* 为各类", "family of categories; * for all"),
      familyZh: text("大类", "family in Chinese"),
      familyEn: text("大类", "family in English"),
      rest: { type: "boolean", title: "rest", description: "由太小的并成 put together from what was too small" },
      reported: count("反映", "reported"),
      closed: count("办结", "closed"),
      resolved: count("居民说解决了", "said to be resolved"),
      notResolved: count("居民说没有解决", "said to be not resolved"),
    },
  },
  {
    id: "areas",
    title: "行政区划 Areas",
    description: "县、镇、社区的界线（示意）。Counties, townships and communities; lines are indicative.",
    queryables: ["level", "parent"],
    properties: {
      code: text("代码", "code"),
      level: text("层级", "level", { enum: ["county", "township", "community"] }),
      parent: text("上级代码", "code of the parent"),
      zh: text("名称", "name in Chinese"),
      en: text("名称", "name in English"),
      indicative: { type: "boolean", title: "indicative", description: "示意 lines are indicative" },
    },
  },
];

export function collectionOf(id: string): Collection | undefined {
  return collections.find((collection) => collection.id === id);
}

/** Extent of the city: of its areas that have a shape. West, south, east, north. */
export function extentOf(house: House): [number, number, number, number] {
  let extent: [number, number, number, number] = [180, 90, -180, -90];
  for (const area of house.territory.all()) {
    if (area.level !== "county" || !area.geometry) continue;
    const [west, south, east, north] = boundsOf(area.geometry);
    extent = [
      Math.min(extent[0], west),
      Math.min(extent[1], south),
      Math.max(extent[2], east),
      Math.max(extent[3], north),
    ];
  }
  return extent;
}

/** Bounds of a geometry, west, south, east, north. */
export function boundsOf(geometry: object): [number, number, number, number] {
  const flat = (geometry as { coordinates: unknown[] }).coordinates.flat(Infinity) as number[];
  const bounds: [number, number, number, number] = [180, 90, -180, -90];
  for (let i = 0; i < flat.length; i += 2) {
    bounds[0] = Math.min(bounds[0], flat[i]!);
    bounds[1] = Math.min(bounds[1], flat[i + 1]!);
    bounds[2] = Math.max(bounds[2], flat[i]!);
    bounds[3] = Math.max(bounds[3], flat[i + 1]!);
  }
  return bounds;
}
