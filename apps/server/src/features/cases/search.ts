const pieces = /[\p{Script=Han}]+|[\p{L}\p{N}]+/gu;
const han = /\p{Script=Han}/u;

/**
 * Words of a text for the index: pairs of Chinese characters, and Latin words and numbers whole. Pairs need no
 * dictionary, so 渔嫂 or a village's name is found the day it first appears.
 */
export function searchWords(text: string): string[] {
  const words = new Set<string>();
  for (const [piece] of text.toLowerCase().matchAll(pieces)) {
    if (!han.test(piece)) words.add(piece.slice(0, 40));
    else if (piece.length === 1) words.add(piece);
    else for (let i = 0; i + 1 < piece.length; i += 1) words.add(piece.slice(i, i + 2));
  }
  return [...words];
}

/** What somebody typed, as a query that asks for all of its words. */
export function searchQuery(typed: string): string | undefined {
  const words = searchWords(typed).map((word) => `'${word.replaceAll("'", "''")}'`);
  return words.length ? words.join(" & ") : undefined;
}
