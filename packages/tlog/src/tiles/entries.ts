import { concat, type Bytes } from "../bytes.ts";
import { TlogError } from "../error.ts";

/** Entries one after the other, each with its length in two bytes before it (C2SP tlog-tiles). */
export function bundleOf(entries: readonly Uint8Array[]): Bytes {
  return concat(
    ...entries.flatMap((entry) => {
      if (entry.length > 0xffff)
        throw new TlogError("outOfRange", `an entry has ${entry.length} bytes, more than 65,535`);
      return [Uint8Array.of(entry.length >> 8, entry.length & 255), entry];
    }),
  );
}

/** @throws TlogError malformed, when the bytes end within an entry */
export function entriesIn(bundle: Bytes): Bytes[] {
  const entries: Bytes[] = [];
  for (let at = 0; at < bundle.length;) {
    const length = (bundle[at]! << 8) | (bundle[at + 1] ?? 0);
    const end = at + 2 + length;
    if (at + 2 > bundle.length || end > bundle.length)
      throw new TlogError("malformed", "the bundle ends within an entry");
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return entries;
}
