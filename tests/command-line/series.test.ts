import { describe, expect, it } from "vitest";
import { command } from "../../apps/cli/src/commands/series.ts";
import { ask, files } from "./asked.ts";

type Answer = { points: { t: number; day: string | number; count: number; upperbound: number; alarm: boolean }[] };

const counts = Array.from({ length: 300 }, (_, i) => (i === 298 ? 60 : 8 + ((i * 7919) % 5)));
const date = (i: number) => new Date(Date.UTC(2019, 0, 7 + 7 * i)).toISOString().slice(0, 10);
const weekly = ["date,count", ...counts.map((count, i) => `${date(i)},${count}`)].join("\n");

async function judged(text: string, ...options: string[]): Promise<Answer> {
  const { input } = files({ input: text });
  const { code, out, error } = await ask(command, "--input", input, "--json", ...options);
  expect(error).toBe("");
  expect(code).toBe(0);
  return JSON.parse(out) as Answer;
}

describe("linge series", () => {
  const methods = ["c1", "c2", "c3", "farrington", "farrington-flexible", "glrnb", "cusum"];
  for (const method of methods)
    it(`finds the loud week with ${method}`, async () => {
      const { points } = await judged(weekly, "--method", method, "--from", "280");
      expect(points[0]!.t).toBe(280);
      const alarms = points.filter((point) => point.alarm);
      // What C3 adds up are the two points before the one it judges.
      expect(alarms.map((point) => point.t)).toContain(method === "c3" ? 300 : 299);
      expect(points.find((point) => point.t === 299)!.day).toBe(date(298));
    });

  it("reads a series without dates when it is told how long a year is", async () => {
    const bare = ["n", ...counts].join("\n");
    const { points } = await judged(bare, "--method", "farrington", "--period", "52", "--from", "290");
    expect(points.filter((point) => point.alarm).map((point) => point.t)).toEqual([299]);
  });

  it("lets few cases be no alarm when it is told how few", async () => {
    const many = ["--method", "farrington", "--from", "290", "--enough-cases", "1000", "--enough-points", "4"];
    expect((await judged(weekly, ...many)).points.some((point) => point.alarm)).toBe(false);
  });

  it("says what is wrong", async () => {
    const refused = async (text: string, ...options: string[]) => {
      const { input } = files({ input: text });
      const { code, error } = await ask(command, "--input", input, ...options);
      expect(code).toBe(2);
      return error;
    };
    expect(await refused("count\n1\n-2", "--method", "c1")).toMatch(/line 3: the count is -2/);
    expect(await refused("count\n1\n2", "--method", "c9")).toMatch(/--method is one of/);
    expect(await refused("count\n1\n2", "--method", "c2")).toMatch(/needs 9/);
    expect(await refused("count\n", "--method", "c2")).toMatch(/no rows/);
    expect(await refused("other\n1", "--method", "c2")).toMatch(/no column count/);
    expect(await refused(["count", ...counts].join("\n"), "--method", "farrington")).toMatch(/--period/);
    expect(await refused(weekly.replace(`${date(5)},`, `${date(6)},`), "--method", "farrington")).toMatch(/date/);
  });

  it("explains itself", async () => {
    const { code, out } = await ask(command, "--help");
    expect(code).toBe(0);
    for (const word of ["--method", "--seasons", "--enough-cases", "--allowance"]) expect(out).toContain(word);
  });
});
