import { existsSync, readFileSync } from "node:fs";
import type { Happening } from "@linge/domain/insight/replaying.ts";
import type { House } from "../../platform/house.ts";
import { truthFile, type DemoTruth } from "../demo/city.ts";
import { dayAt } from "./day.ts";

/** What is known to have happened between two days: the truth of a demo city; a real one has none. */
export function happeningsOf(house: House, first: number, last: number): Happening[] | undefined {
  const file = truthFile(house);
  if (!existsSync(file)) return undefined;
  const { events } = JSON.parse(readFileSync(file, "utf8")) as DemoTruth;
  return events
    .map(({ id, kind, categoryIds, gridCodes, from, to, cases }): Happening => ({
      id,
      kind,
      categoryIds,
      areaCodes: gridCodes,
      from: dayAt(Date.parse(from)),
      to: dayAt(Date.parse(to)),
      cases,
    }))
    .filter(({ from, to }) => to >= first && from <= last);
}
