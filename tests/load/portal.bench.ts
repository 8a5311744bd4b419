import { existsSync, readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { CDPSession } from "playwright-core";
import type { BenchRow } from "../../scripts/bench/main.ts";
import { launch, openPage, phone } from "../support/chromium.ts";
import { openCity } from "./city.ts";

const places = [process.env.LINGE_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const pages = ["/", "/report", "/cases", "/figures"];
const rounds = 5;
/** A cheap phone on an island: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back, a processor six times slower. */
const line = { offline: false, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8, latency: 150 };
const slower = 6;
const target = { paint: 1_000, script: 30 };

/** Milliseconds from asking for a page to the first thing that can be read on it, with an empty cache. */
async function firstPaint(devtools: CDPSession, go: () => Promise<number>): Promise<number> {
  await devtools.send("Network.clearBrowserCache");
  await devtools.send("Network.emulateNetworkConditions", line);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: slower });
  return go();
}

type Times = { median: number; best: number };

async function paints(base: string, executablePath: string): Promise<Map<string, Times>> {
  const browser = await launch(executablePath);
  try {
    const found = new Map<string, Times>();
    for (const path of pages) {
      const times: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const page = await openPage(browser, phone);
        const devtools = await page.context().newCDPSession(page);
        times.push(
          await firstPaint(devtools, async () => {
            await page.goto(base + path, { waitUntil: "load" });
            const paint = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
            await page.waitForFunction(paint);
            return (await page.evaluate(paint))!;
          }),
        );
        await page.context().close();
      }
      times.sort((a, b) => a - b);
      found.set(path, { median: times[Math.floor(rounds / 2)]!, best: times[0]! });
    }
    return found;
  } finally {
    await browser.close();
  }
}

/** Bytes of the scripts that a page of the portal loads by itself, gzipped. */
function scriptBytes(): number {
  const folder = join(import.meta.dirname, "../../apps/web/dist/client");
  type Chunk = { file: string; imports?: string[] };
  const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Record<string, Chunk>;
  const files = new Set<string>();
  const collect = (key: string): void => {
    files.add(manifest[key]!.file);
    manifest[key]!.imports?.forEach(collect);
  };
  collect("portal/enhance.ts");
  return [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0);
}

/** The portal on a slow phone: how soon it can be read, and how much script comes before a map is asked for. */
export async function rows(): Promise<BenchRow[]> {
  const script = scriptBytes() / 1024;
  const found: BenchRow[] = [
    {
      goal: "script of a portal page before a map is asked for, gzipped",
      target: `≤ ${target.script} KB`,
      measured: `${script.toFixed(1)} KB`,
      reached: script <= target.script,
    },
  ];
  const executablePath = places.find((path) => path && existsSync(path));
  if (!executablePath) {
    const note = "no Chromium on this machine: set LINGE_CHROMIUM to one";
    return [
      ...found,
      { goal: "first contentful paint", target: "≤ 1.0 s", measured: "not measured", reached: false, note },
    ];
  }
  const city = await openCity(2_000);
  try {
    await city.app.listen({ port: 0, host: "127.0.0.1" });
    const { port } = city.app.server.address() as AddressInfo;
    for (const [path, { median, best }] of await paints(`http://127.0.0.1:${port}`, executablePath))
      found.push({
        goal: `first contentful paint of ${path}, 6 × slower CPU, 1.6 Mbit/s, 150 ms`,
        target: "≤ 1.0 s",
        measured: `${(median / 1000).toFixed(2)} s`,
        reached: median <= target.paint,
        note: `median of ${rounds}, empty cache; best ${(best / 1000).toFixed(2)} s`,
      });
    return found;
  } finally {
    await city.close();
  }
}
