import { refuseWith } from "./problem.ts";

export type Pairs = readonly (readonly [name: string, value: string])[];

/** What a client sent, by name. A parameter without content is as good as not sent, as the specification says. */
export type Parameters = {
  pairs: Pairs;
  one(name: string): string | undefined;
  /** Every value of a parameter that may be repeated or hold several values between commas. */
  list(name: string): string[];
  all(name: string): string[];
  attributes(): Map<string, string[]>;
};

const most = 400;
const utf8 = new TextDecoder("utf-8", { fatal: true });
// Line breaks and tabs are text; other control characters never are.
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
const attribute = /^attribute\[([^\]]{1,60})\](?:\[\d*\])?$/;

export function notUtf8(): never {
  return refuseWith(400, "内容不是 UTF-8 编码。", "The content is not encoded as UTF-8.");
}

function decodePart(part: Buffer): string {
  const bytes = Buffer.alloc(part.length);
  let length = 0;
  for (let i = 0; i < part.length; i += 1) {
    const byte = part[i]!;
    const hex = byte === 0x25 ? part.toString("latin1", i + 1, i + 3) : "";
    if (/^[0-9a-f]{2}$/i.test(hex)) {
      bytes[length++] = parseInt(hex, 16);
      i += 2;
    } else bytes[length++] = byte === 0x2b ? 0x20 : byte;
  }
  try {
    return utf8.decode(bytes.subarray(0, length));
  } catch {
    return notUtf8();
  }
}

/** Reads `name=value&…`, strictly as UTF-8. @throws Open311Refusal for other encodings and for floods of parameters */
export function decodePairs(text: Buffer): Pairs {
  const pairs: [string, string][] = [];
  for (let start = 0; start < text.length;) {
    const next = text.indexOf("&", start);
    const end = next < 0 ? text.length : next;
    const equals = text.subarray(start, end).indexOf("=");
    const split = equals < 0 ? end : start + equals;
    if (end > start) pairs.push([decodePart(text.subarray(start, split)), decodePart(text.subarray(split + 1, end))]);
    if (pairs.length > most) refuseWith(400, "参数太多。", "Too many parameters.");
    start = end + 1;
  }
  return pairs;
}

export function parametersOf(sent: Pairs): Parameters {
  const pairs = sent
    .map(([name, value]) => [name, value.replace(controls, "").trim()] as const)
    .filter(([, value]) => value !== "");
  const all = (name: string): string[] => pairs.filter(([each]) => each === name).map(([, value]) => value);
  return {
    pairs,
    all,
    one: (name) => all(name)[0],
    list: (name) =>
      [...all(name), ...all(`${name}[]`)].flatMap((value) =>
        value
          .split(",")
          .map((each) => each.trim())
          .filter(Boolean),
      ),
    attributes() {
      const found = new Map<string, string[]>();
      for (const [name, value] of pairs) {
        const code = attribute.exec(name)?.[1];
        if (code) found.set(code, [...(found.get(code) ?? []), value]);
      }
      return found;
    },
  };
}

/** A number within bounds; nothing when it was not sent. @throws Open311Refusal */
export function numberOf(parameters: Parameters, name: string, least: number, greatest: number): number | undefined {
  const text = parameters.one(name);
  if (text === undefined) return undefined;
  const value = /^[+-]?\d{1,15}(\.\d{1,20})?$/.test(text) ? Number(text) : NaN;
  if (!(value >= least && value <= greatest))
    refuseWith(
      400,
      `${name} 要是 ${least} 到 ${greatest} 之间的数。`,
      `${name} must be a number from ${least} to ${greatest}.`,
    );
  return value;
}

/** Which part of a long answer is wanted: `page` from 1, `page_size` up to the specification's 1,000. */
export function pageOf(parameters: Parameters): { limit: number; offset: number } {
  const page = Math.floor(numberOf(parameters, "page", 1, 100_000) ?? 1);
  const limit = Math.min(Math.floor(numberOf(parameters, "page_size", 1, 1_000_000) ?? 1000), 1000);
  return { limit, offset: (page - 1) * limit };
}
