import type { Basics } from "@linge/server/features/sync/basics.ts";
import { seedCalendar } from "@linge/domain/calendar/seed.ts";
import { seedCategories } from "@linge/domain/category/seed.ts";
import { database } from "./vaults.ts";

/** Public matters, the same for everyone on this phone: not sealed. */
type Public = Omit<Basics, "grids">;

/** What a phone that was never connected begins with. */
const first: Public = { categories: seedCategories, units: [], calendar: seedCalendar };

export const publicBasics = async (): Promise<Public> => (await database.get<Public>("shared", "basics")) ?? first;

export const keepPublic = ({ categories, units, calendar }: Public): Promise<void> =>
  database.write([{ store: "shared", key: "basics", value: { categories, units, calendar } }]);

export const signOutIsOwed = async (): Promise<boolean> => (await database.get("shared", "signOutOwed")) !== undefined;
export const signOutOwed = (owed: boolean): Promise<void> =>
  database.write([{ store: "shared", key: "signOutOwed", value: owed ? 1 : undefined }]);
