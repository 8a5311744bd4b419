const pieces = /\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}]+/gv;
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

/** Marks a word that nobody can have typed: pieces hold letters and digits alone. */
const mark = "@";
const everybody = `${mark}public`;

type Standing = { areaCode: string; unitIds: readonly string[]; published: boolean };

/** Where a case stands, as words beside those of its text: its areas, its units, and whether it is public. */
export function standingWords({ areaCode, unitIds, published }: Standing): string[] {
  const areas = [6, 9, 12].map((digits) => areaCode.slice(0, digits));
  const words = [...areas, areaCode, ...unitIds].map((word) => mark + word);
  return [...new Set(published ? [...words, everybody] : words)];
}

/** Within what somebody looks for words: parts of the city (prefixes of codes) or units; whole when it is everything. */
export type SearchReach = "whole" | "public" | readonly string[];

const quoted = (word: string): string => `'${word.replaceAll("'", "''")}'`;

/** A single Chinese character, and a Latin word or number of several signs, may be the beginning of a word: 4号楼 is not 42号楼. */
const wanted = (word: string): string => `${quoted(word)}${han.test(word) === (word.length === 1) ? ":*" : ""}`;

/** What somebody typed, as a query that asks for all of its words within his reach. */
export function searchQuery(typed: string, reach: SearchReach): string | undefined {
  const words = searchWords(typed).map(wanted);
  if (!words.length) return undefined;
  if (reach === "whole") return words.join(" & ");
  const places = reach === "public" ? [everybody] : reach.map((place) => mark + place);
  return [...words, `(${places.map(quoted).join(" | ")})`].join(" & ");
}
