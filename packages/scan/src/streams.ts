import { checkPlaces, chooseSettings } from "./check.ts";
import { ScanInputError, type ScanInput, type ScanSettings } from "./input.ts";
import { neighboursOf, rememberNeighbours } from "./neighbours.ts";
import { scanPrepared, type ScanControl, type ScanResult } from "./scan.ts";
import { findSites } from "./sites.ts";
import { prepareCases } from "./study.ts";

/** The cases of one category; everything else is the same for all. */
export type Stream = { readonly key: string } & Pick<ScanInput, "cases" | "population">;

/** What a category gave: a result, or why it could not be scanned (no cases, all on one day). */
export type StreamResult = { readonly key: string; readonly result?: ScanResult; readonly refused?: string };

/**
 * Scan one category after the other over the same places: sites and the order of neighbours are found once. A category
 * is in memory only while it is scanned, and needs no more than one scan does, besides the order of neighbours (two
 * bytes for each pair of places, up to 5,000 places).
 */
export function* scanStreams(
  space: Pick<ScanInput, "places" | "distances">,
  streams: Iterable<Stream>,
  given: ScanSettings = {},
  control: ScanControl = {},
): Generator<StreamResult> {
  const settings = chooseSettings(given);
  checkPlaces(space);
  const sites = findSites({ ...space, cases: [] });
  const neighbours = rememberNeighbours(neighboursOf({ ...space, cases: [] }, settings, sites));
  for (const { key, ...rest } of streams) {
    control.signal?.throwIfAborted();
    const input: ScanInput = { ...space, ...rest };
    try {
      yield { key, result: scanPrepared(prepareCases(input, settings, sites, neighbours), input, control) };
    } catch (error) {
      if (!(error instanceof ScanInputError)) throw error;
      yield { key, refused: error.message };
    }
  }
}

/**
 * The p-value below which an alarm is raised so that about `alarms` false ones are expected in 30 days, over `streams`
 * categories that are each scanned once a day. Clusters of the same day are not independent, so this is on the safe
 * side; replay the city's own history to see.
 */
export function thresholdForBudget(alarms: number, streams: number): number {
  if (!(alarms > 0 && streams >= 1))
    throw new ScanInputError("a budget needs a number of alarms above 0 and at least one stream");
  return Math.min(1, alarms / (30 * streams));
}
