import type { Language } from "./model.ts";

const zh = {
  title: "开放数据",
  lead: "数据给谁都可以用：自己算一遍，做地图，写报道。",
  rules: (least: number) => [
    "只有审核过、适合公开的事；电话、证件号、车牌已隐去。",
    "位置是约 500 米方格的中心，时间只到日。",
    `件数少于 ${least} 的不单独给，并到县或全市；并不另给合计，也就没法用减法算出来。`,
    "每月 3 日放出上个月的件数，以后有变动会出新的一版；变动太小的不改，免得两版一比就看出是谁。",
  ],
  cases: "公开的事",
  counts: "每月件数",
  month: (month: string) => `${month.slice(0, 4)} 年 ${Number(month.slice(5))} 月`,
  revision: (n: number) => (n > 1 ? `第 ${n} 版` : ""),
  rows: (n: number) => `${n} 行`,
  none: "还没有放出的月份。",
  maps: "给地图软件",
  mapsHint: "QGIS、ArcGIS、GDAL 都能直接打开（OGC API Features）。新建连接，填这个地址：",
  api: "接口说明（OpenAPI）",
  licence: "许可：署名 4.0（CC BY 4.0），请注明来源。界线为示意。",
};
type Texts = typeof zh;

const en: Texts = {
  title: "Open data",
  lead: "For everybody: reckon again, make a map, write about it.",
  rules: (least) => [
    "Only cases that were moderated and suit publication; telephone, identity and plate numbers are hidden.",
    "A place is the centre of a cell of about 500 m, a time is a day.",
    `Counts below ${least} are not given by themselves but put together in the county or the city; no totals stand beside them, so nothing can be found by subtraction.`,
    "On the 3rd the counts of the month before are released. What changes later makes a revision; moves too small are left, so that two releases side by side point to nobody.",
  ],
  cases: "Published cases",
  counts: "Monthly counts",
  month: (month) => month,
  revision: (n) => (n > 1 ? `revision ${n}` : ""),
  rows: (n) => `${n} rows`,
  none: "No month has been released yet.",
  maps: "For mapping software",
  mapsHint: "QGIS, ArcGIS and GDAL open it as it is (OGC API Features). Make a connection to this address:",
  api: "Definition of the service (OpenAPI)",
  licence: "Licence: CC BY 4.0, please name the source. Lines are indicative.",
};

export const openDataTexts: Record<Language, Texts> = { zh, en };
