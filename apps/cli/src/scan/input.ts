import { ScanInputError, type CaseColumns, type Place, type ScanInput, type ScanSettings } from "@linge/scan";
import { column, dayNumber, isDate, number, readTable } from "./table.ts";

/** What the files hold: the input, whether days were written as dates, and what they say about coordinates. */
export type FileInput = { input: ScanInput; dated: boolean; settings: ScanSettings };

type Files = { locations?: string; cases?: string; population?: string };

/** Read places, cases and population from CSV files. */
export function readInput({ locations, cases, population }: Files, settings: ScanSettings): FileInput {
  if (!locations || !cases) throw new ScanInputError("give --locations FILE and --cases FILE");
  const { places, lonlat, people: besides } = readPlaces(locations);
  const index = new Map(places.map((place, i) => [place.id, i]));
  const indexOf = (path: string, id: string) => {
    const at = index.get(id);
    if (at === undefined) throw new ScanInputError(`${path} names place ${id}, which is not in ${locations}`);
    return at;
  };
  const { columns, dated } = readCases(cases, indexOf);
  const people = population ? readPopulation(population, places, indexOf, columns, settings) : besides;
  const needed = settings.model === "poisson" || settings.model === "bernoulli";
  return {
    input: { places, cases: columns, ...(needed && people ? { population: people } : {}) },
    dated,
    settings: lonlat ? { ...settings, coordinates: "lonlat" } : settings,
  };
}

function readPlaces(path: string) {
  const table = readTable(path);
  const id = column(path, table.names, ["id"]);
  const lonlat = table.names.includes("lon");
  const x = column(path, table.names, lonlat ? ["lon"] : ["x_km", "x"]);
  const y = column(path, table.names, lonlat ? ["lat"] : ["y_km", "y"]);
  const pop = table.names.findIndex((name) => name === "pop" || name === "population");
  const places: Place[] = [];
  const people: number[] = [];
  for (const row of table.rows()) {
    places.push({ id: row[id]!, x: number(path, row[x]!), y: number(path, row[y]!) });
    if (pop >= 0) people.push(number(path, row[pop]!));
  }
  return { places, lonlat, people: pop >= 0 ? people : undefined };
}

function readCases(path: string, indexOf: (path: string, id: string) => number) {
  const table = readTable(path);
  const [id, day, count] = ["id", "day", "count"].map((name) => column(path, table.names, [name])) as [
    number,
    number,
    number,
  ];
  const columns = { place: [] as number[], day: [] as number[], count: [] as number[] };
  let dates = 0;
  for (const row of table.rows()) {
    columns.place.push(indexOf(path, row[id]!));
    columns.day.push(dayNumber(path, row[day]!));
    columns.count.push(number(path, row[count]!));
    if (isDate(row[day]!)) dates++;
  }
  if (dates > 0 && dates < columns.day.length) throw new ScanInputError(`${path} mixes dates and day numbers`);
  return { columns: columns satisfies CaseColumns, dated: dates > 0 };
}

/** Population per place, or per place and day where the file has a column `day`; days without a row have none. */
function readPopulation(
  path: string,
  places: Place[],
  indexOf: (path: string, id: string) => number,
  cases: CaseColumns,
  settings: ScanSettings,
): Float64Array {
  const table = readTable(path);
  const id = column(path, table.names, ["id"]);
  const amount = column(path, table.names, ["population", "pop", "expected", "count"]);
  const dayAt = table.names.indexOf("day");
  const all = dayAt < 0 ? [] : Array.from(cases.day);
  const first = settings.start ?? all.reduce((a, b) => Math.min(a, b), Infinity);
  const last = settings.end ?? all.reduce((a, b) => Math.max(a, b), -Infinity);
  const days = dayAt < 0 ? 1 : last - first + 1;
  if (!(days >= 1 && days <= 100_000)) throw new ScanInputError(`${path}: there are no days with cases to match`);
  const people = new Float64Array(places.length * days);
  for (const row of table.rows()) {
    const day = dayAt < 0 ? 0 : dayNumber(path, row[dayAt]!) - first;
    if (day >= 0 && day < days) people[indexOf(path, row[id]!) * days + day]! += number(path, row[amount]!);
  }
  return people;
}
