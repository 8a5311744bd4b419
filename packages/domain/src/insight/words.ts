import type { Tool } from "./finding.ts";

/** An alarm with names instead of codes: what a sentence about it needs. */
export type Told = {
  tool: Tool;
  stream: { zh: string; en: string };
  areas: readonly { zh: string; en: string }[];
  /** Days like "2026-11-22". */
  from: string;
  to: string;
  observed: number;
  expected: number;
  ratio: number;
  /** Where most of the excess of a wide area lies. */
  focus?: { zh: string; en: string; observed: number };
  /** Days until chance alone would bring something as rare anywhere, over everything that is looked at. */
  rarity: number;
};

type Language = "zh" | "en";
const dayMs = 86_400_000;

/** Numbers as people say them: one decimal while small, none when not. */
export const rounded = (value: number): string =>
  value < 10 ? value.toFixed(1).replace(/\.0$/, "") : value.toFixed(0);

/** How often chance alone does this, in the unit a reader would use; never more exact than it is. */
export function oftenWords(days: number, language: Language): string {
  const zh = language === "zh";
  const whole = Math.max(1, Math.round(days));
  if (days < 45) return zh ? `${whole} 天` : whole === 1 ? "a day" : `${whole} days`;
  if (days < 730) return zh ? `${Math.round(days / 30)} 个月` : `${Math.round(days / 30)} months`;
  const years = days / 365;
  if (years > 100) return zh ? "一百多年" : "more than a hundred years";
  return zh ? `${Math.round(years)} 年` : `${Math.round(years)} years`;
}

function placeWords({ areas, tool }: Told, language: Language): string {
  const first = areas[0]?.[language] ?? "";
  const more = areas.length - 1;
  if (tool === "howMuch" || more === 0) return first;
  return language === "zh"
    ? `${first}一带（${areas.length} 个网格）`
    : `${first} and ${more} grid${more > 1 ? "s" : ""} around it`;
}

/**
 * How many times as many, in words that stay true when hardly any were expected. What a scan of places expects is
 * reckoned from other places and other days; it is not what was usual here.
 */
function timesWords({ tool, ratio, expected }: Told, language: Language): string {
  const zh = language === "zh";
  if (tool === "where") {
    const [many, times] = [rounded(expected), rounded(ratio)];
    if (zh) return `照别处、照平时推算只该有 ${many} 件，是它的 ${times} 倍`;
    return `where other places and other days would let one expect ${many}, so ${times} times as many`;
  }
  if (expected < 0.5) return zh ? `平时几乎没有` : `usually hardly any`;
  return zh
    ? `平时大约 ${rounded(expected)} 件，是平时的 ${rounded(ratio)} 倍`
    : `usually about ${rounded(expected)}, so ${rounded(ratio)} times as many`;
}

function focusWords({ focus }: Told, language: Language): string {
  if (!focus) return "";
  return language === "zh" ? `，其中 ${focus.observed} 件在${focus.zh}` : `, ${focus.observed} of them in ${focus.en}`;
}

/** Digits stand apart from Chinese words; words do not. */
export const spaced = (words: string): string => (/^\d/.test(words) ? ` ${words}` : words);

/** One sentence that needs no statistics: where, what, how many, how unusual. */
export function alarmSentence(told: Told, language: Language): string {
  const days = Math.round((Date.parse(told.to) - Date.parse(told.from)) / dayMs) + 1;
  const place = placeWords(told, language);
  const often = oftenWords(told.rarity, language);
  const times = timesWords(told, language) + focusWords(told, language);
  if (language === "zh")
    return `${place}近 ${days} 天有 ${told.observed} 件“${told.stream.zh}”，${times}；单凭巧合，全市大约${spaced(often)}才会碰上一回。`;
  const span = days === 1 ? "on one day" : `in ${days} days`;
  return `${place}: ${told.observed} reports of “${told.stream.en}” ${span}, ${times}; chance alone brings the like somewhere in the city about once in ${often}.`;
}
