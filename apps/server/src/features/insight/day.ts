const dayMs = 86_400_000;
const cityMs = 8 * 3_600_000;

/** Whole days since 1970 of a calendar day, and back. */
export const dayNumber = (iso: string): number => Math.floor(Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / dayMs);
export const dayName = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** The day in the city at a moment, and the hour of that day. */
export const dayAt = (now: number): number => Math.floor((now + cityMs) / dayMs);
export const hourAt = (now: number): number => new Date(now + cityMs).getUTCHours();

/** The last day in the city that is over: what was reported today is not complete. */
export const lastWholeDay = (now: number): number => dayAt(now) - 1;
