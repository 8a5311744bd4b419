import { describe, expect, it } from "vitest";
import { openCrew, scan, scanNow, type ScanInput } from "../src/index.ts";
import { randomStream } from "../src/random.ts";

const places = Array.from({ length: 400 }, (_, i) => ({ id: `p${i}`, x: (i * 37) % 101, y: (i * 53) % 97 }));
const random = randomStream(1, 1);
const cases = Array.from({ length: 6000 }, () => ({ place: random(400), day: random(60), count: 1 }));
const input: ScanInput = { places, cases };
const settings = { maxShare: 0.5, replicates: 400, seed: 9 } as const;

describe("threads", () => {
  it("draw the same replicates, however many there are", async () => {
    const alone = scanNow(input, settings);
    for (const threads of [1, 3]) {
      const together = await scan(input, settings, { threads });
      expect(Array.from(together.maxima)).toEqual(Array.from(alone.maxima));
      expect(together.clusters).toEqual(alone.clusters);
    }
  });

  it("stop a sequential test after the same replicate", async () => {
    const sequential = { ...settings, replicates: 999, pValue: "sequential" } as const;
    const alone = scanNow(input, sequential);
    const together = await scan(input, sequential, { threads: 2 });
    expect(alone.replicates).toBeLessThan(999);
    expect(together.replicates).toBe(alone.replicates);
    expect(together.clusters).toEqual(alone.clusters);
  });

  it("can be kept for several scans, tell progress and be stopped", async () => {
    const crew = openCrew(2);
    try {
      const told: number[] = [];
      const first = await scan(input, settings, { crew, progress: (done) => told.push(done) });
      expect(told.at(-1)).toBe(400);
      const second = await scan(input, settings, { crew });
      expect(second.clusters).toEqual(first.clusters);
      const controller = new AbortController();
      const long = scan(input, { ...settings, replicates: 100_000 }, { crew, signal: controller.signal });
      setTimeout(() => controller.abort(new Error("enough")), 50);
      await expect(long).rejects.toThrow("enough");
    } finally {
      await crew.close();
    }
  });
});
