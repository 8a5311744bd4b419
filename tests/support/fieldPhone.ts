import { randomUUID } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { newId } from "../../apps/server/src/platform/ids.ts";
import { openPage, phone } from "./chromium.ts";
import { choosePin, signInHere } from "./fieldActions.ts";
import type { TestHouse } from "./house.ts";

/** Somebody who looks after grids and can sign in with a password. */
export async function workerWithPassword({ house }: TestHouse, area: string, role = "gridWorker") {
  const { db, cityId: city_id } = house;
  const login = `w${randomUUID().slice(0, 8)}`;
  const id = newId();
  const { password_hash } = await db
    .selectFrom("people")
    .select("password_hash")
    .where("city_id", "=", city_id)
    .where("login", "=", "grid")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("people")
    .values({ city_id, id, login, name: `网格员 ${login}`, password_hash })
    .execute();
  await db.insertInto("grants").values({ city_id, id: newId(), person_id: id, role, area }).execute();
  return { id, login };
}

/** A phone of 360 px in a worker's hands, signed in, opened, its shell kept, and connected once. */
export async function newPhone(browser: Browser, base: string, login: string): Promise<Page> {
  const page = await openPage(browser, phone);
  await page.goto(`${base}/field`);
  await signInHere(page, login);
  await choosePin(page);
  await page.getByText(/都发出去了 · 上次连上/).waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);
  return page;
}

/** How often a text was reported. */
export async function timesReported({ house }: TestHouse, words: string): Promise<number> {
  const found = await house.pool.query(
    "select count(*)::int as n from cases where city_id = $1 and record->>'text' = $2",
    [house.cityId, words],
  );
  return found.rows[0].n;
}
