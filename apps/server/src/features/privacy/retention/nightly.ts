import type { Actor } from "@linge/domain/access/scope.ts";
import { isBroken, mayRemove } from "@linge/domain/privacy/retention.ts";
import type { House } from "../../../platform/house.ts";
import { cityDay } from "../../../platform/moment.ts";
import { newId } from "../../../platform/ids.ts";
import { removeFiles } from "../forget.ts";
import { privacySettings } from "../settings.ts";
import { pastRuns, runRetention } from "./run.ts";

const night: Actor = { id: "nightly", kind: "system", grants: [] };

/** Counts what has had its time, and removes it where the table in force was carried out by a person before. */
export async function retentionNight(house: House): Promise<void> {
  await removeFiles(house);
  const { version, document } = await privacySettings(house);
  const past = await pastRuns(house);
  if (past.some((run) => isBroken(run, version)))
    await runRetention(house, night, { id: newId(), dry: false, nightly: true });
  const midnight = cityDay(house);
  if (past.some(({ dry, startedAt }) => dry && cityDay(house, Date.parse(startedAt)) === midnight)) return;
  await runRetention(house, night, { id: newId(), dry: true });
  if (document.nightly && !mayRemove(await pastRuns(house), version, house.clock(), true))
    await runRetention(house, night, { id: newId(), dry: false, nightly: true });
}
