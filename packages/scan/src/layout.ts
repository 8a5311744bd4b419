import { ScanInputError, type ChosenSettings } from "./input.ts";

/**
 * How the counts of one site lie in memory, and which windows are made of them.
 * *Ladder*: all windows end on the last day; a row holds one count per window, each window containing the one before.
 * *Sliding*: windows end on any day; a row holds one count per day, and windows are summed where they are compared.
 * Windows sit in lanes, in groups of eight; lanes without a window exist only to fill a group.
 */
export type Layout = {
  readonly form: "ladder" | "sliding";
  readonly days: number;
  /** Shortest and longest window in days. */
  readonly from: number;
  readonly to: number;
  /** Numbers in the row of one site, a multiple of eight. */
  readonly width: number;
  readonly lanes: number;
};

/** Days from the first day of the study, both included. */
export type Window = { readonly from: number; readonly to: number };

const eights = (count: number) => Math.ceil(count / 8) * 8;

/** Choose windows for a study of `days` days; windows longer than the study do not exist. */
export function layOutWindows(settings: ChosenSettings, days: number): Layout {
  const { from, to: wanted } = settings.windows ?? { from: days, to: days };
  const to = Math.min(wanted, days);
  if (from > days) throw new ScanInputError(`windows from ${from} days are longer than the study (${days} days)`);
  const sliding = settings.type === "retrospective" && from < days;
  const lengths = to - from + 1;
  return sliding
    ? { form: "sliding", days, from, to, width: eights(days), lanes: eights(days) * lengths }
    : { form: "ladder", days, from, to, width: eights(lengths), lanes: eights(lengths) };
}

/** The window of a lane, if it has one. */
export function windowOf({ form, days, from, to }: Layout, lane: number): Window | undefined {
  if (form === "ladder") return from + lane <= to ? { from: days - from - lane, to: days - 1 } : undefined;
  const lengths = to - from + 1;
  const group = Math.floor(lane / 8 / lengths);
  const length = from + (Math.floor(lane / 8) % lengths);
  const last = group * 8 + (lane % 8);
  return last < days && last - length + 1 >= 0 ? { from: last - length + 1, to: last } : undefined;
}

/** The windows of all lanes in columns: first day, and the day after the last; both 0 where there is no window. */
export function windowsOf(layout: Layout): { from: Int32Array; end: Int32Array } {
  const windows = { from: new Int32Array(layout.lanes), end: new Int32Array(layout.lanes) };
  for (let lane = 0; lane < layout.lanes; lane++) {
    const window = windowOf(layout, lane);
    if (!window) continue;
    windows.from[lane] = window.from;
    windows.end[lane] = window.to + 1;
  }
  return windows;
}

/** Lanes lie in groups: windows that end on the same eight days, or all windows of a ladder. */
export function groupSize({ form, from, to, lanes }: Layout): number {
  return form === "sliding" ? 8 * (to - from + 1) : lanes;
}

/** A function that makes sums per day into the counts of the lanes of the groups that are wanted. */
export function laneCounter(layout: Layout) {
  const { from, end } = windowsOf(layout);
  const before = new Int32Array(layout.days + 1);
  const size = groupSize(layout);
  return (
    days: Int32Array | Int16Array,
    wanted: (group: number) => boolean,
    lanes: Int32Array,
    counts: Int32Array,
  ): number => {
    for (let day = 0; day < layout.days; day++) before[day + 1] = before[day]! + days[day]!;
    let found = 0;
    for (let group = 0; group * size < layout.lanes; group++) {
      if (!wanted(group)) continue;
      for (let lane = group * size; lane < (group + 1) * size; lane++) {
        lanes[found] = lane;
        counts[found++] = before[end[lane]!]! - before[from[lane]!]!;
      }
    }
    return found;
  };
}

/** Where in a row a case of this day is counted; -1 when no window holds the day. */
export function offsetOf({ form, days, from, to }: Layout, day: number): number {
  if (form === "sliding") return day;
  const length = days - day;
  return length > to ? -1 : Math.max(0, length - from);
}

/** Make counts per day into counts per window, where the layout keeps windows. */
export function accumulate(layout: Layout, rows: Int32Array): void {
  if (layout.form === "sliding") return;
  const { width, from, to } = layout;
  const used = to - from + 1;
  for (let base = 0; base < rows.length; base += width) {
    let sum = 0;
    for (let at = base; at < base + used; at++) rows[at] = sum += rows[at]!;
  }
}

/** The cases of one site in the window of a lane. */
export function countIn(layout: Layout, rows: Int32Array, site: number, lane: number): number {
  const base = site * layout.width;
  if (layout.form === "ladder") return rows[base + lane]!;
  const window = windowOf(layout, lane)!;
  let sum = 0;
  for (let day = window.from; day <= window.to; day++) sum += rows[base + day]!;
  return sum;
}
