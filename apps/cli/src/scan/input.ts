import { ScanInputError, type ScanInput, type ScanSettings } from "@linge/scan";
import { readCases } from "./cases.ts";
import type { DayKind } from "./days.ts";
import { readDistances, readPlaces } from "./places.ts";
import { readPopulation, sharedStrata } from "./population.ts";

/** What the files hold: the input, how days were written, and what the files say about the settings. */
export type FileInput = {
  readonly input: ScanInput;
  readonly kind: DayKind | undefined;
  readonly settings: ScanSettings;
};

type Files = {
  readonly locations?: string | undefined;
  readonly cases?: string | undefined;
  readonly population?: string | undefined;
  readonly distances?: string | undefined;
};

/** Read places, cases, population and distances from text tables. Throws `ScanInputError` with file and line. */
export function readInput(files: Files, settings: ScanSettings): FileInput {
  if (!files.locations || !files.cases) throw new ScanInputError("give --locations FILE and --cases FILE");
  const placeFile = readPlaces(files.locations);
  const { places, lonlat, index } = placeFile;
  const model = settings.model ?? "space-time-permutation";
  const strata = model === "poisson" && files.population ? sharedStrata(files.population, files.cases) : [];
  const cases = readCases(files.cases, index, settings, strata);
  const people =
    model === "space-time-permutation"
      ? undefined
      : files.population
        ? readPopulation(files.population, placeFile, cases, model, settings, strata)
        : placeFile.people;
  if (model !== "space-time-permutation" && !people)
    throw new ScanInputError(
      `the ${model} model needs --population FILE, or a column population in ${files.locations}`,
    );
  return {
    input: {
      places,
      cases: cases.columns,
      ...(people ? { population: people } : {}),
      ...(files.distances ? { distances: readDistances(files.distances, placeFile) } : {}),
    },
    kind: cases.kind,
    settings: lonlat ? { ...settings, coordinates: "lonlat" } : settings,
  };
}
