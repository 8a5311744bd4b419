import { thresholdsOf } from "@linge/domain/insight/budget.ts";
import { followEpisodes } from "@linge/domain/insight/episode.ts";
import type { Looks } from "@linge/domain/insight/finding.ts";
import type { PastDay } from "@linge/domain/insight/replaying.ts";
import type { Tx } from "../../platform/db/database.ts";
import type { House } from "../../platform/house.ts";
import { momentOf } from "../../platform/moment.ts";
import { newId } from "../../platform/ids.ts";
import { dayName } from "./day.ts";
import { currentDocument } from "./documents.ts";
import { openEpisodes, writeEpisodes } from "./episodes.ts";
import { keepEvents } from "./events.ts";
import { endScan, newestScan, type Scan } from "./scans.ts";

/** What a night brought, for the page and the log. */
export type NightSummary = { raised: number; seconds: number };

/** Follows the episodes into the night's findings, within the budget of the day. A night that was overtaken changes nothing. */
export async function concludeNight(
  house: House,
  tx: Tx,
  scan: Scan,
  { days, looks, seconds }: { days: PastDay[]; looks: Looks; seconds: number },
): Promise<void> {
  const { cityId } = house;
  const where = { db: tx, cityId };
  const at = momentOf(house);
  const newer = await newestScan(where, "nightly", true);
  let raised = 0;
  if (!newer || newer.lastDay <= scan.lastDay) {
    const { perMonth } = await currentDocument(where, "alarmBudget");
    const open = await openEpisodes(where);
    const followed = followEpisodes(open, days[0]!.findings, scan.lastDay, thresholdsOf(perMonth, looks), newId);
    await writeEpisodes(tx, cityId, followed, looks);
    const told = followed.filter((each) => each.raisedOn === scan.lastDay && known(open, each.id) !== scan.lastDay);
    raised = told.length;
    await keepEvents(
      tx,
      cityId,
      told.map(({ id, streamId, areaCodes, observed, expected, openedOn }) => ({
        subject: id,
        type: openedOn === scan.lastDay ? "alarmRaised" : "casesJoined",
        at,
        actorId: "linge",
        actorRole: "system",
        data: { day: dayName(scan.lastDay), streamId, areaCodes, observed, expected },
      })),
    );
  }
  const summary: NightSummary = { raised, seconds };
  await endScan(tx, cityId, scan.id, { at, looks, summary });
}

const known = (open: readonly { id: string; raisedOn: number }[], id: string): number | undefined =>
  open.find((each) => each.id === id)?.raisedOn;
