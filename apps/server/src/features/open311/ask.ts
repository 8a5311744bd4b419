import type { House } from "../../platform/house.ts";
import type { Language } from "../../platform/http/language.ts";
import { findKey, type KeyHolder } from "./keys.ts";
import type { Parameters } from "./parameters.ts";
import { refuseWith } from "./problem.ts";

/** One request of a client, read and admitted. `name` is the last part of the address without its extension. */
export type Ask = {
  parameters: Parameters;
  language: Language;
  name: string;
  photos: Buffer[];
  holder?: KeyHolder;
};

/** @throws Open311Refusal 404 when the client means another city than this one */
export function checkJurisdiction(house: House, parameters: Parameters): void {
  const id = parameters.one("jurisdiction_id");
  const own = [house.config.city.code, new URL(house.config.publicUrl).hostname.replace(/^www\./, "")];
  if (id !== undefined && !own.includes(id))
    refuseWith(404, "没有这个 jurisdiction_id。", "The jurisdiction_id provided was not found.");
}

/** Who holds the key that was sent, if one was. @throws Open311Refusal 403 */
export async function holderOf(house: House, parameters: Parameters): Promise<KeyHolder | undefined> {
  const key = parameters.one("api_key");
  if (key === undefined) return undefined;
  return (await findKey(house, key)) ?? refuseWith(403, "api_key 无效。", "The api_key is not valid.");
}

/** How many writes a key may make a minute. */
export const writesPerMinute = 120;

/** Counts writes of each key in windows of a minute. */
export function writeLimit(house: House): (holder: KeyHolder) => void {
  const windows = new Map<string, { minute: number; count: number }>();
  return ({ id }) => {
    const minute = Math.floor(house.clock() / 60_000);
    const known = windows.get(id);
    const count = known?.minute === minute ? known.count + 1 : 1;
    windows.set(id, { minute, count });
    if (count > writesPerMinute)
      refuseWith(429, "提交太频繁，请过一分钟再试。", "Too many requests with this api_key. Try again in a minute.");
  };
}
