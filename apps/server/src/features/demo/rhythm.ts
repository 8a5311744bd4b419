import type { Random } from "./random.ts";

export const day = 86_400_000;
export const hour = 3_600_000;

/** Sunday to Saturday: fewer reports at the weekend. */
const week = [0.6, 1.15, 1.1, 1.05, 1.05, 1.1, 0.8];
/** By hour of the day in Zhoushan: little at night, most in the morning and after work. */
const hours = [
  0.1, 0.1, 0.1, 0.1, 0.1, 0.2, 0.5, 0.8, 1.2, 1.3, 1.2, 1, 0.8, 0.9, 1, 1, 1, 1.1, 1.2, 1.3, 1.2, 0.8, 0.5, 0.2,
];
const busiest = 1.15 * 1.3;

/** How much is asked of each part of life, before the season. */
const familyWeights: Record<string, number> = {
  environment: 2,
  facilities: 2,
  traffic: 1.6,
  housing: 1.5,
  seaTransit: 0.9,
  care: 0.8,
  health: 0.7,
  publicService: 0.9,
  disputes: 0.6,
  safety: 0.6,
  fishery: 0.8,
  emergency: 0.05,
};

/** The clock of the city: eight hours ahead of UTC, no summer time. */
function localDate(at: number): Date {
  return new Date(at + 8 * hour);
}

/** The East China Sea's closed season runs from 1 May to 16 September. */
export function inClosedSeason(at: number): boolean {
  const date = localDate(at);
  const monthDay = (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
  return monthDay >= 501 && monthDay < 916;
}

/** How often a category is asked for at a time of the year, against the others. */
export function categoryWeight(categoryId: string, at: number): number {
  const weight = familyWeights[categoryId.slice(0, categoryId.indexOf("."))] ?? 1;
  if (categoryId === "fishery.closedSeason") return weight * (inClosedSeason(at) ? 3 : 0.1);
  if (categoryId.startsWith("fishery.")) return weight * (inClosedSeason(at) ? 0.4 : 1.4);
  return weight;
}

/** A time between two, by the rhythm of the week and the day. */
export function drawTime(random: Random, from: number, to: number): number {
  for (;;) {
    const at = from + random() * (to - from);
    const local = localDate(at);
    if (random() * busiest < week[local.getUTCDay()]! * hours[local.getUTCHours()]!) return at;
  }
}
