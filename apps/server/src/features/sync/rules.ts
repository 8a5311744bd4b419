import type { Role } from "@linge/domain/access/role.ts";

/** Nouns of the records that travel to phones. */
export type RecordKind = "case" | "visit";

/** Roles whose work goes with them on a phone, and for how many days ended work stays there. Others work at a desk. */
export const phoneRoles: Partial<
  Record<Role, { endedDays: number; confidential: boolean; kinds: readonly RecordKind[] }>
> = {
  gridWorker: { endedDays: 14, confidential: false, kinds: ["case", "visit"] },
  gridLeader: { endedDays: 30, confidential: false, kinds: ["case", "visit"] },
  gridAdvisor: { endedDays: 7, confidential: false, kinds: ["case", "visit"] },
  checker: { endedDays: 7, confidential: false, kinds: ["case"] },
  // The unit that handles a confidential case reads it, as at the desk.
  unitHandler: { endedDays: 30, confidential: true, kinds: ["case"] },
};
export const rolesWithPhones = Object.keys(phoneRoles) as Role[];

/** Most records that a phone gets; whoever comes near it is in the operator's report. */
export const recordCap = 5_000;

const hour = 3_600_000;
/** How long a command waits for those before it, and one of a newer phone for this server to be updated. */
export const holdMs = 24 * hour;
export const parkMs = 30 * 24 * hour;

/** Cases are merged, split from their reporter or undone only at a desk, in sight of the other case. */
export const deskOnly: ReadonlySet<string> = new Set(["mergeInto", "unmerge", "removeIdentity"]);
