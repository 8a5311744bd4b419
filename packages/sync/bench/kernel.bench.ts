import { openPhone } from "../src/phone/phone.ts";
import type { Row } from "../src/pull/page.ts";
import { ours } from "../src/protocol/protocol.ts";
import { memoryStore } from "../src/store/memory.ts";
import { runSeeds } from "../sim/many.ts";

async function aPhone() {
  let made = 0;
  return openPhone({ store: memoryStore(), worker: "w", newId: () => `i${(made += 1)}`, clock: Date.now });
}

const row = (at: number): Row => ({ kind: "case", id: `c${at}`, version: 1, value: { text: "路灯灭了" }, rank: at });

/** 5,000 records in pages of 500 into an empty phone. @returns ms */
async function firstWalk(): Promise<number> {
  const phone = await aPhone();
  const started = performance.now();
  for (let page = 0; page < 10; page += 1) {
    const rows = Array.from({ length: 500 }, (_, at) => row(page * 500 + at));
    const { cursor } = await phone.nextPull();
    const walk = { id: "w", done: page === 9 };
    const given = { from: cursor, cursor: `${page}`, rows, removed: [], more: true, walk, capped: false };
    await phone.takePull({
      protocol: ours,
      page: { ...given, restored: false, time: new Date().toISOString() },
    });
  }
  return performance.now() - started;
}

/** Median ms to keep a deed when 1,000 wait already. */
async function keepOne(): Promise<number> {
  const phone = await aPhone();
  const times: number[] = [];
  for (let at = 0; at < 1_200; at += 1) {
    const started = performance.now();
    await phone.queue({ kind: "case", recordId: `c${at}`, type: "report", data: { text: "路灯灭了" } });
    if (at >= 1_000) times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[100]!;
}

/** What of the figures belongs to the kernel alone; storage, pages and network come on top. */
export async function rows() {
  const kept = await keepOne();
  const walked = await firstWalk();
  const started = performance.now();
  const broken = await runSeeds(1, 1_000);
  const seconds = (performance.now() - started) / 1_000;
  return [
    {
      goal: "a deed kept with 1,000 waiting, kernel alone",
      target: "≤ 1 ms",
      measured: `${kept.toFixed(3)} ms`,
      reached: kept <= 1,
    },
    {
      goal: "5,000 records taken in, kernel alone",
      target: "≤ 500 ms",
      measured: `${walked.toFixed(0)} ms`,
      reached: walked <= 500,
    },
    {
      goal: "10,000 simulated cities on one core",
      target: "≤ 45 s",
      measured: `${(seconds * 10).toFixed(0)} s`,
      reached: seconds * 10 <= 45 && broken.length === 0,
      note: "ten times 1,000",
    },
  ];
}
