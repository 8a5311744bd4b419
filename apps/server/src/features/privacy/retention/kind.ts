import type { RetentionKey } from "@linge/domain/privacy/retention.ts";
import type { House } from "../../../platform/house.ts";

/** What has had its time, and what of it a recorded exception keeps. */
export type Due = { due: number; held: number };

/**
 * How one kind of data goes. `before` is an ISO time: what is older has had its time. Each batch is a transaction of its
 * own, and what is gone is no longer found, so a run can die anywhere and go on.
 */
export type RetentionWork = {
  key: RetentionKey;
  /** Tables that lose rows or words. */
  tables: readonly string[];
  count(house: House, before: string): Promise<Due>;
  /** Removes a part of what is due and not held. @returns how many, 0 when there is nothing more */
  remove(house: House, before: string): Promise<number>;
};
