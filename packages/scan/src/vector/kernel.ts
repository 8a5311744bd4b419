import { NEVER } from "../critical.ts";
import { borrowMemory, compile, giveBack } from "./machine.ts";
import type { Kernel } from "../kernel.ts";
import { laneCounter } from "../layout.ts";
import type { Study } from "../study.ts";
import { BLOCK_SPAN, MOST_ADDED } from "../zones.ts";
import { batchProgram, ladderProgram, slidingProgram } from "./programs.ts";

/** Counts of 16 bits, and of 8, stand still here. */
const FULL = 32_767;
const FULL_BYTE = 255;
const PAGE = 65_536;
const MOST_BYTES = 2 ** 30;
const TABLES = 64;
const MOST_VECTORS = { ladder: 16, sliding: 256 };
const LONGEST_SLIDING = 400;
/** Data sets whose rows of sixteen bytes fill one cache line. */
const BATCH = 4;

/** A kernel of vector instructions, where the study fits one. */
export function vectorKernel(study: Study): Kernel | undefined {
  const { layout } = study;
  if (layout.width / 8 > MOST_VECTORS[layout.form] || (layout.form === "sliding" && layout.to > LONGEST_SLIDING))
    return undefined;
  return layout.form === "ladder" && layout.width <= 16 && countsAreSmall(study)
    ? batchKernel(study)
    : wideKernel(study);
}

/** Counts of a block nearly always fit into 8 bits. */
function countsAreSmall({ measure, likelihood }: Study): boolean {
  const cases = likelihood.family === "bernoulli" ? likelihood.total / likelihood.everyone : 1;
  const largest = measure.weight.reduce((a, b) => Math.max(a, b), 0) * measure.widest * cases;
  const zone = measure.everyone * measure.widest * cases;
  const mean = Math.max(largest, Math.min(BLOCK_SPAN * Math.sqrt(zone), MOST_ADDED));
  return mean + 8 * Math.sqrt(mean) < FULL_BYTE;
}

/** Four data sets at once, sixteen windows each. */
function batchKernel(study: Study): Kernel | undefined {
  const { layout } = study;
  const { siteCount } = study.zones;
  // Critical counts of sixteen lanes, whatever the layout has.
  const machine = build(study, { sums: BATCH * 48, rows: siteCount * BATCH * 16, lanes: 16 }, (memory, stepBytes) =>
    batchProgram(memory, { vectors: BATCH, from: layout.from, to: layout.to, stepBytes }),
  );
  if (!machine) return undefined;
  const bytes = new Uint8Array(machine.buffer, machine.rows, siteCount * BATCH * 16);
  const sums = new Int16Array(machine.buffer, machine.sums, BATCH * 16);
  const last = new Uint8Array(machine.buffer, machine.sums + BATCH * 32, BATCH * 16);
  const used = layout.to - layout.from + 1;
  const rows = Array.from({ length: BATCH }, () => new Int32Array(siteCount * layout.width));
  return {
    ...machine.kernel,
    rows,
    ready: (slot) => {
      const from = rows[slot]!;
      for (let site = 0; site < siteCount; site++)
        for (let lane = 0; lane < used; lane++) {
          const count = from[site * layout.width + lane]!;
          bytes[(site * BATCH + slot) * 16 + lane] = count < FULL_BYTE ? count : FULL_BYTE;
        }
    },
    next: (block, table) => {
      const found = machine.kernel.next(block, table);
      // What was lost by full bytes is lost for the rest of the centre: these sums stand still from here.
      if (found >= 0) for (let at = 0; at < last.length; at++) if (last[at] === FULL_BYTE) sums[at] = FULL;
      return found;
    },
    candidates: (slot, lanes, counts) => {
      for (let lane = 0; lane < used; lane++) {
        lanes[lane] = lane;
        counts[lane] = sums[slot * 16 + lane]!;
      }
      return used;
    },
  };
}

/** One data set, eight counts of 16 bits at a time. */
function wideKernel(study: Study): Kernel | undefined {
  const { layout } = study;
  const { siteCount } = study.zones;
  const vectors = layout.width / 8;
  const program = layout.form === "ladder" ? ladderProgram : slidingProgram;
  const machine = build(
    study,
    { sums: layout.width * 4, rows: siteCount * layout.width * 2, lanes: layout.lanes },
    (memory, stepBytes) => program(memory, { vectors, from: layout.from, to: layout.to, stepBytes }),
  );
  if (!machine) return undefined;
  const counts = new Int16Array(machine.buffer, machine.rows, siteCount * layout.width);
  const sums = new Int16Array(machine.buffer, machine.sums, layout.width);
  const rows = new Int32Array(counts.length);
  const count = laneCounter(layout);
  // Behind the sums the program leaves for each group which of its eight days reached a critical count.
  const marks = new Int32Array(machine.buffer, machine.sums + layout.width * 2, vectors * 4);
  const reached = (group: number) =>
    (marks[4 * group]! | marks[4 * group + 1]! | marks[4 * group + 2]! | marks[4 * group + 3]!) !== 0;
  return {
    ...machine.kernel,
    rows: [rows],
    ready: () => {
      for (let at = 0; at < rows.length; at++) counts[at] = rows[at]! < FULL ? rows[at]! : FULL;
    },
    candidates: (_slot, lanes, into) => {
      if (layout.form === "sliding") return count(sums, reached, lanes, into);
      for (let lane = 0; lane < layout.lanes; lane++) lanes[lane] = lane;
      into.set(sums);
      return layout.lanes;
    },
  };
}

type Needs = { readonly sums: number; readonly rows: number; readonly lanes: number };
type Program = (memory: { sums: number; rows: number }, stepBytes: 2 | 4) => Uint8Array<ArrayBuffer>;

/** Lay out the memory, compile the program, and write down blocks and steps. */
function build(study: Study, needs: Needs, program: Program) {
  const { layout, zones } = study;
  const stepBytes = zones.steps instanceof Uint16Array ? 2 : 4;
  const blockCount = zones.blockEnd.length;
  const rowBytes = needs.lanes * 2;
  const tableBytes = zones.classSize.length * rowBytes;
  const capacity = Math.max(2, Math.min(TABLES, Math.floor(MOST_BYTES / 2 / tableBytes)));
  const offsets = place({
    before: layout.to * 2,
    sums: needs.sums,
    rows: needs.rows,
    blocks: 8 * (blockCount + 1),
    steps: zones.steps.byteLength,
    tables: capacity * tableBytes,
  });
  if (offsets.end > MOST_BYTES) return undefined;
  const memory = borrowMemory(Math.ceil(offsets.end / PAGE), offsets.blocks);
  const module = compile(program({ sums: offsets.sums, rows: offsets.rows }, stepBytes));
  const { exports } = new WebAssembly.Instance(module, { scan: { memory } });
  const { buffer } = memory;
  const next = exports["next"] as (block: number, last: number, table: number) => number;
  writeBlocks(study, new Int32Array(buffer, offsets.blocks, 2 * (blockCount + 1)), offsets.steps, stepBytes, rowBytes);
  new (stepBytes === 2 ? Uint16Array : Uint32Array)(buffer, offsets.steps, zones.steps.length).set(zones.steps);
  // The first entry stands before the first block.
  const blocks = offsets.blocks + 8;
  let loaded = 0;
  return {
    buffer,
    sums: offsets.sums,
    rows: offsets.rows,
    kernel: {
      full: FULL,
      capacity,
      close: () => giveBack(memory),
      load: (critical: Int32Array) => {
        const at = offsets.tables + (loaded++ % capacity) * tableBytes;
        writeTable(critical, layout.lanes, new Int16Array(buffer, at, tableBytes / 2), needs.lanes);
        return at;
      },
      next: (block: number, table: number) => {
        const found = next(blocks + 8 * block, blocks + 8 * blockCount, table);
        return found === 0 ? -1 : (found - blocks) / 8;
      },
    },
  };
}

/** A lane stops above its number. What needs more than 16 bits is counted afresh where the count stands still. */
function writeTable(critical: Int32Array, lanes: number, table: Int16Array, width: number): void {
  table.fill(FULL);
  for (let at = 0; at < critical.length; at++)
    if (critical[at]! < NEVER)
      table[Math.floor(at / lanes) * width + (at % lanes)] = Math.min(critical[at]! - 1, FULL - 1);
}

/** For each block where its steps end and its row of critical counts, the top bit set where a chain begins. */
function writeBlocks({ zones }: Study, into: Int32Array, steps: number, stepBytes: number, rowBytes: number): void {
  const { blockEnd, blockClass, firstBlock } = zones;
  into[0] = steps;
  for (let block = 0; block < blockEnd.length; block++) {
    into[2 * block + 2] = steps + blockEnd[block]! * stepBytes;
    into[2 * block + 3] = blockClass[block]! * rowBytes;
  }
  for (let chain = 0; chain + 1 < firstBlock.length; chain++)
    if (firstBlock[chain]! < firstBlock[chain + 1]!) into[2 * firstBlock[chain]! + 3]! |= 0x80000000;
}

/** Offsets of parts of these sizes, one after the other, each at the start of a cache line. */
function place<T extends string>(sizes: Record<T, number>): Record<T, number> & { end: number } {
  const offsets = { end: 64 } as Record<T, number> & { end: number };
  for (const [part, size] of Object.entries(sizes) as [T, number][]) {
    offsets[part] = offsets.end as (typeof offsets)[T];
    offsets.end = (Math.ceil((offsets.end + size) / 64) * 64) as (typeof offsets)["end"];
  }
  return offsets;
}
