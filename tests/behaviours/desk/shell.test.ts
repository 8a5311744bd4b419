import { expect, it } from "vitest";
import { shellBytes } from "../../support/shell.ts";

it("opens with at most 170 KB of gzipped JavaScript before a map or chart is asked for", () => {
  const kilobytes = shellBytes("desk.html") / 1024;
  expect(kilobytes).toBeGreaterThan(20);
  expect(kilobytes).toBeLessThanOrEqual(170);
});
