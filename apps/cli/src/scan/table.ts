import { closeSync, openSync, readSync } from "node:fs";
import { ScanInputError } from "@linge/scan";
import { typedPath } from "../command.ts";

/** A row that was just read; it is only good until the next one. */
export type Row = {
  /** Line in the file, the names being line 1. */
  readonly line: number;
  /** The cell of a column, without quotes and blanks around. */
  text(column: number): string;
  /** The cell as a number that `check` accepts, or an error that names file and line. */
  number(column: number): number;
  /** The number that was filed under what the cell says; undefined where there is none. */
  find(column: number, filed: Filed): number | undefined;
  /** The cell as a whole number, or NaN where it is written in any other way. */
  whole(column: number): number;
};

/** Numbers filed under texts, found by bytes: making a text of each of ten million cells would take longest. */
export type Filed = {
  find(bytes: Buffer, from: number, to: number): number | undefined;
  findText(text: string): number | undefined;
  file(text: string, number: number): void;
};

/** Start with nothing filed. */
export function filed(): Filed {
  const texts = new Map<string, number>();
  const keys: Buffer[] = [];
  const numbers: number[] = [];
  let slots = new Int32Array(1024).fill(-1);
  const place = (entry: number) => {
    const key = keys[entry]!;
    let slot = hash(key, 0, key.length) & (slots.length - 1);
    while (slots[slot]! >= 0) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = entry;
  };
  return {
    findText: (text) => texts.get(text),
    find: (bytes, from, to) => {
      let slot = hash(bytes, from, to) & (slots.length - 1);
      for (; slots[slot]! >= 0; slot = (slot + 1) & (slots.length - 1)) {
        const key = keys[slots[slot]!]!;
        if (key.length === to - from && isSame(key, bytes, from)) return numbers[slots[slot]!]!;
      }
      return undefined;
    },
    file: (text, number) => {
      if (texts.has(text)) return;
      texts.set(text, number);
      numbers.push(number);
      const entry = keys.push(Buffer.from(text)) - 1;
      if (2 * keys.length <= slots.length) return place(entry);
      slots = new Int32Array(2 * slots.length).fill(-1);
      keys.forEach((_, each) => place(each));
    },
  };
}

/** FNV-1a. */
function hash(bytes: Buffer, from: number, to: number): number {
  let sum = 0x811c9dc5;
  for (let at = from; at < to; at++) sum = Math.imul(sum ^ bytes[at]!, 0x01000193);
  return (sum ^ (sum >>> 15)) & 0x7fffffff;
}

function isSame(key: Buffer, bytes: Buffer, from: number): boolean {
  for (let at = 0; at < key.length; at++) if (key[at] !== bytes[from + at]) return false;
  return true;
}

/** A text table with a line of names; rows are read one at a time, so that ten million need no more room than one. */
export type Table = {
  readonly path: string;
  readonly names: readonly string[];
  /** Call `visit` for each row in order. */
  each(visit: (row: Row) => void): void;
};

const CHUNK = 1 << 20;
const [NEWLINE, RETURN, QUOTE, BLANK, TAB, MINUS, ZERO] = [10, 13, 34, 32, 9, 45, 48];
const SEPARATORS = [",", "\t", ";"];

/** Open a table whose cells are parted by commas, tabs, semicolons or blanks, whatever parts the names. */
export function openTable(path: string): Table {
  const heading = headingOf(path);
  const separator = SEPARATORS.find((each) => heading.includes(each)) ?? " ";
  const names = splitNames(heading, separator);
  if (names.every((name) => name === "")) throw new ScanInputError(`${path} is empty`);
  return { path, names, each: (visit) => readRows(path, separator.charCodeAt(0), names.length, visit) };
}

function headingOf(path: string): string {
  const file = open(path);
  try {
    const bytes = Buffer.alloc(CHUNK);
    const text = bytes.toString("utf8", 0, readSync(file, bytes, 0, CHUNK, 0));
    return text.replace(/^\uFEFF/, "").split(/\r?\n/, 1)[0]!;
  } finally {
    closeSync(file);
  }
}

function splitNames(heading: string, separator: string): string[] {
  const cells = separator === " " ? heading.trim().split(/\s+/) : heading.split(separator);
  return cells.map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/, "$1")
      .trim()
      .toLowerCase(),
  );
}

function open(path: string): number {
  try {
    return openSync(typedPath(path), "r");
  } catch {
    throw new ScanInputError(`cannot read ${path}`);
  }
}

function readRows(path: string, separator: number, width: number, visit: (row: Row) => void): void {
  const file = open(path);
  const cells = new Cells(path, separator, width);
  try {
    let bytes = Buffer.allocUnsafe(2 * CHUNK);
    let held = 0;
    let first = true;
    for (;;) {
      if (bytes.length - held < CHUNK) bytes = Buffer.concat([bytes.subarray(0, held)], held + 2 * CHUNK);
      const read = readSync(file, bytes, held, CHUNK, null);
      const end = held + read;
      let at = first && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
      first = false;
      for (;;) {
        const next = cells.split(bytes, at, end, read === 0);
        if (next < 0) break;
        at = next;
        if (cells.line > 1 && !cells.blank) visit(cells);
      }
      if (read === 0) return;
      bytes.copy(bytes, 0, at, end);
      held = end - at;
    }
  } finally {
    closeSync(file);
  }
}

/** The cells of one row as places in the bytes that were read. */
class Cells implements Row {
  line = 0;
  blank = false;
  private bytes: Buffer = Buffer.alloc(0);
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  private readonly path: string;
  private readonly separator: number;
  private readonly width: number;

  constructor(path: string, separator: number, width: number) {
    this.path = path;
    this.separator = separator;
    this.width = width;
    this.starts = new Int32Array(width);
    this.ends = new Int32Array(width);
  }

  /** Find the cells of the row at `from`; where the next begins, or -1 when the row is not there in whole. */
  split(bytes: Buffer, from: number, end: number, last: boolean): number {
    if (from >= end) return -1;
    const { separator } = this;
    const blanks = separator === BLANK;
    let [found, at, quoted] = [0, from, false];
    let begin = from;
    for (; at < end; at++) {
      const byte = bytes[at]!;
      if (byte === QUOTE) quoted = !quoted;
      else if (quoted) continue;
      else if (byte === NEWLINE) break;
      else if (byte === separator || (blanks && byte === TAB)) {
        if (!blanks || at > begin) this.put(bytes, found++, begin, at);
        begin = at + 1;
      }
    }
    if (at >= end && !last) return -1;
    this.line++;
    if (quoted) throw new ScanInputError(`${this.path}, line ${this.line}: a quotation mark is not closed`);
    const stop = at > begin && bytes[at - 1] === RETURN ? at - 1 : at;
    this.blank = found === 0 && isBlank(bytes, begin, stop);
    if (!this.blank && (!blanks || stop > begin)) this.put(bytes, found++, begin, stop);
    if (this.line > 1 && !this.blank && found !== this.width)
      throw new ScanInputError(`${this.path}, line ${this.line}: expected ${this.width} cells, found ${found}`);
    this.bytes = bytes;
    return at + 1;
  }

  /** Keep a cell without the blanks and quotation marks around it. */
  private put(bytes: Buffer, column: number, from: number, to: number): void {
    if (column >= this.width) return;
    let [start, end] = [from, to];
    while (start < end && isSpace(bytes[start]!)) start++;
    while (end > start && isSpace(bytes[end - 1]!)) end--;
    if (end - start >= 2 && bytes[start] === QUOTE && bytes[end - 1] === QUOTE) {
      start++;
      end--;
    }
    this.starts[column] = start;
    this.ends[column] = end;
  }

  text(column: number): string {
    const text = this.bytes.toString("utf8", this.starts[column], this.ends[column]);
    return text.includes('"') ? text.replaceAll('""', '"').trim() : text;
  }

  number(column: number): number {
    const whole = this.whole(column);
    if (!Number.isNaN(whole)) return whole;
    const text = this.text(column);
    const value = Number(text);
    if (text === "" || !Number.isFinite(value))
      throw new ScanInputError(`${this.path}, line ${this.line}: "${text}" is not a number`);
    return value;
  }

  /** Digits with or without a minus, which nearly all cells are. */
  whole(column: number): number {
    const { bytes } = this;
    let at = this.starts[column]!;
    const end = this.ends[column]!;
    const negative = bytes[at] === MINUS;
    if (negative) at++;
    if (end <= at || end - at > 9) return Number.NaN;
    let value = 0;
    for (; at < end; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit < 0 || digit > 9) return Number.NaN;
      value = value * 10 + digit;
    }
    return negative ? -value : value;
  }

  find(column: number, filed: Filed): number | undefined {
    return filed.find(this.bytes, this.starts[column]!, this.ends[column]!) ?? filed.findText(this.text(column));
  }
}

const isSpace = (byte: number) => byte === BLANK || byte === TAB || byte === RETURN;

function isBlank(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!isSpace(bytes[at]!)) return false;
  return true;
}

/** Where the first of `wanted` stands among the names; -1 where none does. */
export function columnOf({ names }: Table, wanted: readonly string[]): number {
  for (const name of wanted) if (names.includes(name)) return names.indexOf(name);
  return -1;
}

/** The same, with an error that names what is missing. */
export function column(table: Table, wanted: readonly string[]): number {
  const at = columnOf(table, wanted);
  if (at < 0)
    throw new ScanInputError(
      `${table.path} has no column ${wanted.slice(0, 3).join(" or ")}; its columns are ${table.names.join(", ")}`,
    );
  return at;
}

/** A number that was typed or stands in a file, or an error that names where and what. */
export function number(where: string, cell: string): number {
  const value = Number(cell);
  if (cell.trim() === "" || !Number.isFinite(value)) throw new ScanInputError(`${where}: "${cell}" is not a number`);
  return value;
}
