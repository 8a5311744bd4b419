import { ScanInputError, type CaseColumns, type ChosenSettings, type ScanInput, type ScanSettings } from "./input.ts";

const MOST_CASES = 2 ** 30;

/** Fill in the defaults and refuse settings that have no meaning. */
export function chooseSettings(given: ScanSettings): ChosenSettings {
  const model = given.model ?? "space-time-permutation";
  const windows = given.windows ?? (model === "space-time-permutation" ? { from: 1, to: 14 } : undefined);
  const settings: ChosenSettings = {
    ...given,
    model,
    ...(windows ? { windows } : {}),
    type: given.type ?? "prospective",
    maxShare: given.maxShare ?? 0.1,
    minCases: given.minCases ?? 2,
    coordinates: given.coordinates ?? "planar",
    shape: given.shape ?? "circle",
    penalty: given.penalty ?? "medium",
    replicates: given.replicates ?? 999,
    pValue: given.pValue ?? "full",
    seed: given.seed ?? 1,
  };
  checkSettings(settings);
  return settings;
}

function checkSettings(settings: ChosenSettings): void {
  const { windows, maxRadius, maxPlaces, start, end } = settings;
  const whole = (value: number, least: number) => Number.isSafeInteger(value) && value >= least;
  if (!(settings.maxShare > 0 && settings.maxShare <= 1)) fail("the largest share must be above 0 and at most 1");
  if (!whole(settings.replicates, 1)) fail("replicates must be a whole number from 1");
  if (settings.replicates > 10_000_000) fail("more than 10,000,000 replicates are not possible");
  if (!whole(settings.seed, 0)) fail("the seed must be a whole number from 0");
  if (!whole(settings.minCases, 1)) fail("the smallest number of cases must be a whole number from 1");
  if (maxRadius !== undefined && !(maxRadius >= 0)) fail("the largest radius must be a number from 0");
  if (maxPlaces !== undefined && !whole(maxPlaces, 1))
    fail("the largest number of places must be a whole number from 1");
  if (windows && !(whole(windows.from, 1) && whole(windows.to, windows.from)))
    fail("windows must run upwards in whole days from at least 1, such as 1..14");
  for (const day of [start, end])
    if (day !== undefined && !Number.isSafeInteger(day)) fail(`day ${day} is not a whole number`);
  if (start !== undefined && end !== undefined && start > end)
    fail(`the study ends (day ${end}) before it starts (day ${start})`);
  if (settings.firstAngle !== undefined && !Number.isFinite(settings.firstAngle)) fail("an angle must be a number");
  const { alarmP, replicates } = settings;
  if (alarmP !== undefined && !(alarmP > 0 && alarmP < 1)) fail("the p-value of an alarm must be above 0 and below 1");
  if (alarmP !== undefined && alarmP * (replicates + 1) < 1)
    fail(
      `with ${replicates} replicates no p-value is as small as ${alarmP}; ask for at least ${Math.ceil(1 / alarmP) - 1}`,
    );
  if (alarmP !== undefined && settings.pValue === "gumbel") fail("a gumbel p-value needs all replicates");
  if (settings.shape === "ellipse" && settings.coordinates === "lonlat")
    fail("ellipses need planar coordinates; give places in km on a map projection");
  if (settings.permuteWithin && settings.model !== "space-time-permutation")
    fail("only the space-time permutation can permute within weekdays");
}

/** Refuse places that would give a wrong or undefined answer. */
export function checkPlaces(input: Omit<ScanInput, "cases">): void {
  const { places, distances } = input;
  onlyFields("the input of a scan", input, INPUT_FIELDS);
  for (const place of places) onlyFields("a place", place, PLACE_FIELDS);
  if (places.length < 2) fail("a scan needs at least two places");
  const seen = new Set<string>();
  for (const { id, x, y } of places) {
    if (seen.has(id)) fail(`two places have the id ${id}; give every place one row`);
    seen.add(id);
    if (!distances && !(Number.isFinite(x) && Number.isFinite(y))) fail(`place ${id} has no usable coordinates`);
  }
  if (!distances) return;
  if (distances.length !== places.length ** 2) fail("the distance matrix must have a row and a column for every place");
  for (let i = 0; i < distances.length; i++) if (!(distances[i]! >= 0)) fail("every distance must be a number from 0");
}

/** The cases as columns, checked. */
export function readCases({ places, cases }: Pick<ScanInput, "places" | "cases">): CaseColumns {
  if (isRows(cases)) for (const row of cases) onlyFields("a case", row, CASE_FIELDS);
  else onlyFields("the columns of cases", cases, CASE_FIELDS);
  const columns: CaseColumns = isRows(cases)
    ? {
        place: Float64Array.from(cases, (row) => row.place),
        day: Float64Array.from(cases, (row) => row.day),
        count: Float64Array.from(cases, (row) => row.count),
      }
    : cases;
  const { place, day, count } = columns;
  if (place.length !== day.length || place.length !== count.length)
    fail("the columns of the cases must have the same length");
  let total = 0;
  for (let i = 0; i < place.length; i++) {
    const at = place[i]!;
    if (!Number.isInteger(at) || at < 0 || at >= places.length)
      fail("a case names a place that is not in the list of places");
    const number = count[i]!;
    if (!Number.isInteger(number) || number < 0)
      fail(`a count of place ${places[at]!.id} is ${number}; counts are whole numbers from 0`);
    if (!Number.isSafeInteger(day[i]!)) fail(`a day is ${day[i]}; days are whole numbers`);
    total += number;
  }
  if (total === 0) fail("there are no cases to scan");
  if (total > MOST_CASES) fail("there are more than 1,073,741,824 cases");
  return columns;
}

const INPUT_FIELDS = ["places", "cases", "population", "distances"];
const PLACE_FIELDS = ["id", "x", "y"];
const CASE_FIELDS = ["place", "day", "count"];

/** What has a name, a number or a word of a person has no business here, whatever the types of the caller were. */
function onlyFields(what: string, given: object, allowed: readonly string[]): void {
  for (const field in given)
    if (!allowed.includes(field)) fail(`${what} has a field "${field}"; only ${allowed.join(", ")} may be given`);
}

function isRows(cases: ScanInput["cases"]): cases is Exclude<ScanInput["cases"], CaseColumns> {
  return Array.isArray(cases);
}

function fail(message: string): never {
  throw new ScanInputError(message);
}
