import type { Database } from "../../platform/db/database.ts";
import { writeChanges, type Change } from "./store.ts";

/** Writes reports. @returns false when a command with this id was carried out before */
export type ReportWriter = { write(change: Change): Promise<boolean> };

type Waiting = { change: Change; done(written: boolean): void; failed(reason: unknown): void };

/** Statements under way at once: some are prepared here while the database works on others; two by measurement: a third makes smaller groups. */
const atOnce = 2;
const most = 64;

/**
 * Reports that arrive while others are being written are written together, in one statement with one flush to disk: a
 * morning of typhoon costs the database little more than a quiet one. Nobody waits for company, and nobody is answered
 * before his report is on disk.
 */
export function writeTogether(db: Database, cityId: string): ReportWriter {
  const waiting: Waiting[] = [];
  let running = 0;

  const alone = ({ change, done, failed }: Waiting): Promise<void> =>
    writeChanges(db, cityId, [change]).then(done, failed);

  async function together(group: Waiting[]): Promise<void> {
    if (group.length === 1) return alone(group[0]!);
    try {
      await writeChanges(
        db,
        cityId,
        group.map(({ change }) => change),
      );
      for (const { done } of group) done(true);
    } catch {
      // One of them was sent twice, or cannot be written: nothing was, and each learns its own fate alone.
      for (const each of group) await alone(each);
    }
  }

  function next(): void {
    while (running < atOnce && waiting.length) {
      running += 1;
      void together(waiting.splice(0, most)).finally(() => {
        running -= 1;
        next();
      });
    }
  }

  return {
    write: (change) =>
      new Promise((done, failed) => {
        waiting.push({ change, done, failed });
        next();
      }),
  };
}
