import type { Position } from "./types.ts";

/**
 * What can be wrong with a territory.
 * - `gap`: part of an area that none of its children holds
 * - `overlap`: held by two children at once (or a vessel on two rosters)
 * - `stray`: part of a child outside its parent
 * - `sliver`: any of these three, thinner than a road: usually two drawings of one border
 * - `wrongCode`: a code that is malformed, of another level, or not under its parent
 * - `hierarchy`: a parent, predecessor or property that is missing, or a code used twice
 * - `geometry`: a ring that is open, too short or not on earth
 */
export type FaultKind = "gap" | "overlap" | "stray" | "sliver" | "wrongCode" | "hierarchy" | "geometry";

export type Fault = {
  kind: FaultKind;
  /** The areas concerned; for a gap the parent, for a stray the child and then the parent. */
  codes: string[];
  /** A position inside the fault, for faults of shape. */
  at?: Position;
  /** Size in m², for faults of shape. */
  area?: number;
  /** What a sliver is a thin one of. */
  of?: "gap" | "overlap" | "stray";
  /** What is wrong, in Chinese and English. */
  zh: string;
  en: string;
};

const kindsZh: Record<FaultKind, string> = {
  gap: "空隙",
  overlap: "重叠",
  stray: "越界",
  sliver: "细缝",
  wrongCode: "编码错误",
  hierarchy: "层级错误",
  geometry: "图形错误",
};

/** One line for a terminal or a log: kind, codes, what, where, how much. */
export function faultLine(fault: Fault, language: "zh" | "en" = "en"): string {
  const kind = language === "zh" ? kindsZh[fault.kind] : fault.kind;
  const place = fault.at ? ` @ ${fault.at[0].toFixed(6)}, ${fault.at[1].toFixed(6)}` : "";
  const size =
    fault.area === undefined ? "" : ` ${fault.area < 10 ? fault.area.toFixed(2) : Math.round(fault.area)} m²`;
  return `${kind}${size}${place} [${fault.codes.join(" ")}] ${fault[language]}`;
}
