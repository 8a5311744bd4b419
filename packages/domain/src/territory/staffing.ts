import type { Focus } from "./types.ts";

/** How many people a grid should have: leaders, full-time and part-time workers. */
export type Staff = { leaders: number; fullTime: number; partTime: number };

/** By focus; data, which a city changes as it sees fit. */
export type StaffingRules = Record<Focus, Staff>;

/** To begin with: more need, more staff. Our own choice, not a standard. */
export const initialStaffing: StaffingRules = {
  key: { leaders: 1, fullTime: 2, partTime: 2 },
  service: { leaders: 1, fullTime: 1, partTime: 1 },
  liaison: { leaders: 1, fullTime: 0, partTime: 1 },
};

/** How many people a grid lacks; null if none. A full-time worker too many makes up for a part-time one too few. */
export function missingStaff(focus: Focus, present: Staff, rules: StaffingRules = initialStaffing): Staff | null {
  const wanted = rules[focus];
  const spare = Math.max(0, present.fullTime - wanted.fullTime);
  const missing = {
    leaders: Math.max(0, wanted.leaders - present.leaders),
    fullTime: Math.max(0, wanted.fullTime - present.fullTime),
    partTime: Math.max(0, wanted.partTime - present.partTime - spare),
  };
  return missing.leaders + missing.fullTime + missing.partTime > 0 ? missing : null;
}
