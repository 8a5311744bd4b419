import { describe, expect, it } from "vitest";
import { seedCalendar } from "../../src/calendar/seed.ts";
import { dueSoonAt, promiseLight } from "../../src/case/light.ts";

const at = (local: string): string => new Date(`${local}:00+08:00`).toISOString();
const monday = at("2026-11-23T08:30");
const friday = at("2026-11-27T17:30");
const record = {
  state: "handling" as const,
  clock: { pausedMs: 0 } as { pausedMs: number; pausedSince?: string; startedAt?: string },
  reportedAt: monday,
  dueAt: friday,
};
const seen = (change: Partial<typeof record>, now: string) =>
  promiseLight({ ...record, ...change }, Date.parse(now), seedCalendar);

describe("the promise light", () => {
  it.each([
    ["is green for four fifths of the working time", {}, at("2026-11-26T17:00"), "green"],
    ["is yellow from there", {}, at("2026-11-26T17:30"), "yellow"],
    ["is red when the time is over", {}, at("2026-11-27T17:31"), "red"],
    ["stands still while suspended", { clock: { pausedMs: 0, pausedSince: monday } }, at("2026-12-27T17:31"), "paused"],
    ["is out when the answer was given", { state: "responded" as never }, at("2026-12-27T17:31"), "done"],
  ])("%s", (_what, change, now, light) => {
    expect(seen(change, now)).toBe(light);
  });

  it("takes nothing off the time left for the days that the clock stood still", () => {
    const week = 7 * 86_400_000;
    const after = { clock: { pausedMs: week }, dueAt: at("2026-12-04T17:30") };
    expect(seen(after, at("2026-12-03T17:00"))).toBe("green");
    expect(dueSoonAt({ ...record, ...after }, seedCalendar)).toBe(at("2026-12-03T17:30"));
  });

  it("begins anew when a case is taken up again", () => {
    const again = { clock: { pausedMs: 0, startedAt: at("2026-12-07T08:30") }, dueAt: at("2026-12-11T17:30") };
    expect(seen(again, at("2026-12-08T10:00"))).toBe("green");
  });
});
