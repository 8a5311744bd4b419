import {
  add,
  addBytes,
  addLanes,
  anyLane,
  assemble,
  clearTop,
  constant,
  equalBytes,
  fillMemory,
  forever,
  fullBytes,
  get,
  highBytes,
  isBelow,
  isNegative,
  lanesAbove,
  leave,
  load,
  load16,
  loadVector,
  lowBytes,
  multiply,
  not,
  orLanes,
  repeat,
  set,
  storeVector,
  tee,
  when,
  zeroVector,
  type Code,
} from "./assembler.ts";

/** Where things lie in the memory of a kernel, in bytes. */
export type Memory = {
  /** Sums so far; before them, zeroes as long as the longest window (sliding only). */
  readonly sums: number;
  readonly rows: number;
};

export type Shape = {
  /** Vectors in the row of a site: of eight counts of 16 bits, or of sixteen counts of 8 bits for each data set. */
  readonly vectors: number;
  /** Sliding: shortest and longest window. */
  readonly from: number;
  readonly to: number;
  /** Bytes of a step. */
  readonly stepBytes: 2 | 4;
};

const [BLOCK, LAST, TABLE, STEP, STOP, POINTER, ROW] = [0, 1, 2, 3, 4, 5, 6] as const;
const WHOLE_LOCALS = 4;
const FIRST_VECTOR = 7;

/**
 * The same for several data sets at once, whose rows of bytes lie side by side: one step fetches them all. A block is
 * summed in bytes, and only its end in 16 bits. A walk also stops where a sum of bytes is full; it leaves these sums
 * behind the others.
 */
export function batchProgram(memory: Memory, { vectors, stepBytes }: Shape): Uint8Array<ArrayBuffer> {
  const each = (work: (v: number) => Code): Code => Array.from({ length: vectors }, (_, v) => work(v));
  const bytes = (v: number) => FIRST_VECTOR + v;
  const sum = (v: number, half: number) => FIRST_VECTOR + vectors + 2 * v + half;
  const [low, high] = [FIRST_VECTOR + 3 * vectors, FIRST_VECTOR + 3 * vectors + 1];
  const halves = (work: (v: number, half: number) => Code): Code => each((v) => [work(v, 0), work(v, 1)]);
  const at = (v: number, half: number) => 32 * v + 16 * half;
  const body: Code = [
    stepsBegin,
    halves((v, half) => [constant(memory.sums), loadVector(at(v, half)), set(sum(v, half))]),
    forever([
      leaveAtEnd,
      get(BLOCK),
      load(4),
      tee(ROW),
      isNegative,
      when(halves((v, half) => [zeroVector, set(sum(v, half))])),
      each((v) => [zeroVector, set(bytes(v))]),
      get(BLOCK),
      load(0),
      set(STOP),
      repeat([
        siteRow(vectors, stepBytes),
        each((v) => [get(POINTER), loadVector(memory.rows + 16 * v), get(bytes(v)), addBytes, set(bytes(v))]),
        nextStep(stepBytes),
      ]),
      tableRow,
      get(POINTER),
      loadVector(0),
      set(low),
      get(POINTER),
      loadVector(16),
      set(high),
      each((v) => [
        get(bytes(v)),
        lowBytes,
        get(sum(v, 0)),
        addLanes,
        tee(sum(v, 0)),
        get(low),
        lanesAbove,
        v > 0 ? orLanes : [],
        get(bytes(v)),
        highBytes,
        get(sum(v, 1)),
        addLanes,
        tee(sum(v, 1)),
        get(high),
        lanesAbove,
        orLanes,
        get(bytes(v)),
        fullBytes,
        equalBytes,
        orLanes,
      ]),
      anyLane,
      when([
        halves((v, half) => [constant(memory.sums), get(sum(v, half)), storeVector(at(v, half))]),
        each((v) => [constant(memory.sums), get(bytes(v)), storeVector(32 * vectors + 16 * v)]),
        get(BLOCK),
        leave,
      ]),
      nextBlock,
    ]),
  ];
  return assemble(body, WHOLE_LOCALS, 3 * vectors + 2);
}

/** Every window has a sum of its own, kept in a register. */
export function ladderProgram(memory: Memory, { vectors, stepBytes }: Shape): Uint8Array<ArrayBuffer> {
  const each = (work: (v: number) => Code): Code => Array.from({ length: vectors }, (_, v) => work(v));
  const sum = (v: number) => FIRST_VECTOR + v;
  const body: Code = [
    stepsBegin,
    each((v) => [constant(memory.sums), loadVector(16 * v), set(sum(v))]),
    forever([
      leaveAtEnd,
      get(BLOCK),
      load(4),
      tee(ROW),
      isNegative,
      when(each((v) => [zeroVector, set(sum(v))])),
      get(BLOCK),
      load(0),
      set(STOP),
      repeat([
        siteRow(vectors, stepBytes),
        each((v) => [get(POINTER), loadVector(memory.rows + 16 * v), get(sum(v)), addLanes, set(sum(v))]),
        nextStep(stepBytes),
      ]),
      tableRow,
      each((v) => [get(sum(v)), get(POINTER), loadVector(16 * v), lanesAbove, v > 0 ? orLanes : []]),
      anyLane,
      when([each((v) => [constant(memory.sums), get(sum(v)), storeVector(16 * v)]), get(BLOCK), leave]),
      nextBlock,
    ]),
  ];
  return assemble(body, WHOLE_LOCALS, vectors);
}

/**
 * Sums are kept by day in memory; windows that end on eight days at once are summed where they are compared. Behind
 * the sums it leaves which of the eight days have a window that reached its critical count.
 */
export function slidingProgram(memory: Memory, { vectors, from, to, stepBytes }: Shape): Uint8Array<ArrayBuffer> {
  const [sum, reached, group] = [FIRST_VECTOR, FIRST_VECTOR + 1, FIRST_VECTOR + 2];
  const lengths = to - from + 1;
  const days: Code = Array.from({ length: vectors }, (_, v) => [
    constant(memory.sums),
    constant(memory.sums),
    loadVector(16 * v),
    get(POINTER),
    loadVector(memory.rows + 16 * v),
    addLanes,
    storeVector(16 * v),
  ]);
  const windows: Code = Array.from({ length: to }, (_, i) => [
    get(STEP),
    loadVector(memory.sums - 2 * i),
    i > 0 ? [get(sum), addLanes] : [],
    set(sum),
    i + 1 < from
      ? []
      : [get(sum), get(POINTER), loadVector(16 * (i + 1 - from)), lanesAbove, get(group), orLanes, set(group)],
  ]);
  const body: Code = [
    stepsBegin,
    forever([
      leaveAtEnd,
      get(BLOCK),
      load(4),
      tee(ROW),
      isNegative,
      when([constant(memory.sums), constant(0), constant(16 * vectors), fillMemory]),
      get(BLOCK),
      load(0),
      set(STOP),
      repeat([siteRow(vectors, stepBytes), days, nextStep(stepBytes)]),
      tableRow,
      zeroVector,
      set(reached),
      // The step pointer is free here; it goes along the days and comes back to where the block ended.
      constant(0),
      set(STEP),
      repeat([
        zeroVector,
        set(group),
        windows,
        get(STEP),
        get(group),
        storeVector(memory.sums + 16 * vectors),
        get(reached),
        get(group),
        orLanes,
        set(reached),
        get(POINTER),
        constant(16 * lengths),
        add,
        set(POINTER),
        get(STEP),
        constant(16),
        add,
        tee(STEP),
        constant(16 * vectors),
        isBelow,
      ]),
      get(STOP),
      set(STEP),
      get(reached),
      anyLane,
      when([get(BLOCK), leave]),
      nextBlock,
    ]),
  ];
  return assemble(body, WHOLE_LOCALS, 3);
}

/** The steps of a block begin where those of the block before end. */
const stepsBegin: Code = [get(BLOCK), constant(-8), add, load(0), set(STEP)];
const leaveAtEnd: Code = [get(BLOCK), get(LAST), isBelow, not, when([constant(0), leave])];
const nextBlock: Code = [get(BLOCK), constant(8), add, set(BLOCK)];
const tableRow: Code = [get(TABLE), get(ROW), clearTop, add, set(POINTER)];
const siteRow = (vectors: number, stepBytes: 2 | 4): Code => [
  get(STEP),
  stepBytes === 2 ? load16(0) : load(0),
  constant(16 * vectors),
  multiply,
  set(POINTER),
];
const nextStep = (stepBytes: 2 | 4): Code => [get(STEP), constant(stepBytes), add, tee(STEP), get(STOP), isBelow];
