import { withoutEchoes } from "@linge/domain/insight/echo.ts";
import type { Finding, Looks } from "@linge/domain/insight/finding.ts";
import type { ScanOptions } from "@linge/domain/insight/options.ts";
import type { PastDay } from "@linge/domain/insight/replaying.ts";
import { findHowMuch, seriesOf } from "./howMuch.ts";
import type { Space } from "./places.ts";
import type { Stream } from "./streams.ts";
import { findWhere, placeStream } from "./where.ts";

/** What a part of a scan is given: places, counts and settings. Nothing about a person fits into it. */
export type ScanRequest = {
  space: Space;
  streams: Stream[];
  /** The first day of the city's history, and the days as of which to scan, all days since 1970. */
  since: number;
  firstDay: number;
  lastDay: number;
  options: ScanOptions;
};

/** One day scanned: what was found, and how many streams each tool could look at. */
export type DayScanned = PastDay & { looks: Looks };

/** Scans the streams of a part with both tools, as of one day after the other, knowing nothing of later days. */
export function* scanDays({ space, streams, since, firstDay, lastDay, options }: ScanRequest): Generator<DayScanned> {
  const placed = streams.map((stream) => placeStream(space, stream));
  const series = streams.map((stream) => seriesOf(space.places, stream, since, lastDay));
  for (let day = firstDay; day <= lastDay; day++) {
    const looks = { where: 0, howMuch: 0 };
    const findings: Finding[] = [];
    for (const stream of placed) {
      const found = findWhere(stream, day, since, options);
      if (!found) continue;
      looks.where++;
      findings.push(...found);
    }
    for (const each of series) {
      const found = findHowMuch(each, day, space.places);
      looks.howMuch += found.looks;
      findings.push(...found.findings);
    }
    yield { day, findings: withoutEchoes(findings), looks };
  }
}
