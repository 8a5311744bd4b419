/** WebAssembly as nested lists of bytes: just what the kernels need. */
export type Code = readonly (number | Code)[];

/** Signed LEB128, which is also right for the unsigned numbers below 2^31 that stand where one is expected. */
export function number(value: number): Code {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const byte = rest & 0x7f;
    rest >>= 7;
    if ((rest === 0 && (byte & 0x40) === 0) || (rest === -1 && (byte & 0x40) !== 0)) return [...bytes, byte];
    bytes.push(byte | 0x80);
  }
}

/** Unsigned LEB128. */
export function unsigned(value: number): Code {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) | 0x80);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

const bytesOf = (value: number): number[] => Array.from({ length: 16 }, () => value);
const vector = (operation: number, ...operands: Code): Code => [0xfd, unsigned(operation), operands];
const address = (align: number, offset: number): Code => [align, unsigned(offset)];

export const get = (local: number): Code => [0x20, unsigned(local)];
export const set = (local: number): Code => [0x21, unsigned(local)];
export const tee = (local: number): Code => [0x22, unsigned(local)];
export const constant = (value: number): Code => [0x41, number(value)];
export const add: Code = [0x6a];
export const multiply: Code = [0x6c];
export const isBelow: Code = [0x49];
export const isNegative: Code = [constant(0), 0x48];
export const clearTop: Code = [constant(0x7fffffff), 0x71];
export const load = (offset: number): Code => [0x28, address(2, offset)];
export const load16 = (offset: number): Code => [0x2f, address(1, offset)];
export const loadVector = (offset: number): Code => vector(0x00, address(0, offset));
export const storeVector = (offset: number): Code => vector(0x0b, address(0, offset));
export const zeroVector: Code = vector(0x0c, ...bytesOf(0));
/** Eight 16-bit lanes; sums stand still at 32,767. */
export const addLanes: Code = vector(0x8f);
export const lanesAbove: Code = vector(0x31);
/** Sixteen 8-bit lanes; sums stand still at 255. */
export const addBytes: Code = vector(0x70);
export const equalBytes: Code = vector(0x23);
export const lowBytes: Code = vector(0x89);
export const highBytes: Code = vector(0x8a);
export const fullBytes: Code = vector(0x0c, ...bytesOf(0xff));
export const orLanes: Code = vector(0x50);
export const anyLane: Code = vector(0x53);
export const fillMemory: Code = [0xfc, 0x0b, 0];
/** Repeat while the number that the body leaves is not 0. */
export const repeat = (body: Code): Code => [0x03, 0x40, body, 0x0d, 0, 0x0b];
/** Repeat for ever; only `leave` gets out. */
export const forever = (body: Code): Code => [0x03, 0x40, body, 0x0c, 0, 0x0b, 0x00];
export const when = (body: Code): Code => [0x04, 0x40, body, 0x0b];
export const not: Code = [0x45];
export const leave: Code = [0x0f];

const I32 = 0x7f;
const V128 = 0x7b;

/** A module with one function `next` of three whole numbers, over a memory that it is given. */
export function assemble(body: Code, wholeLocals: number, vectorLocals: number): Uint8Array<ArrayBuffer> {
  const section = (id: number, content: Code): Code => {
    const bytes = flatten(content);
    return [id, unsigned(bytes.length), bytes];
  };
  const name = (text: string): Code => [text.length, ...Array.from(text, (letter) => letter.charCodeAt(0))];
  const code = flatten([2, unsigned(wholeLocals), I32, unsigned(vectorLocals), V128, body, 0x0b]);
  return Uint8Array.from(
    flatten([
      [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(1, [1, 0x60, 3, I32, I32, I32, 1, I32]),
      section(2, [1, name("scan"), name("memory"), 2, 0, 1]),
      section(3, [1, 0]),
      section(7, [1, name("next"), 0, 0]),
      section(10, [1, unsigned(code.length), code]),
    ]),
  );
}

function flatten(code: Code): number[] {
  const bytes: number[] = [];
  const put = (part: Code) => {
    for (const item of part) {
      if (typeof item === "number") bytes.push(item);
      else put(item);
    }
  };
  put(code);
  return bytes;
}
