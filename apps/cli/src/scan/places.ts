import { ScanInputError, type Place } from "@linge/scan";
import { DISTANCE, FROM, ID, LATITUDE, LONGITUDE, POPULATION, TO, X, Y } from "./columns.ts";
import { column, columnOf, filed, openTable, type Filed, type Row } from "./table.ts";

/** Finds the number of a place by the id in a cell. */
export type PlaceIndex = { find(path: string, row: Row, column: number): number };

export type PlaceFile = {
  readonly places: Place[];
  readonly lonlat: boolean;
  readonly people: Float64Array | undefined;
  readonly index: PlaceIndex;
};

/** Read places: id and coordinates, on the plane or as longitude and latitude; perhaps how many people live there. */
export function readPlaces(path: string): PlaceFile {
  const table = openTable(path);
  const id = column(table, ID);
  const lonlat = columnOf(table, LONGITUDE) >= 0 && columnOf(table, LATITUDE) >= 0;
  const x = column(table, lonlat ? LONGITUDE : X);
  const y = column(table, lonlat ? LATITUDE : Y);
  const population = columnOf(table, POPULATION);
  const places: Place[] = [];
  const people: number[] = [];
  const numbers = filed();
  table.each((row) => {
    const place = { id: row.text(id), x: row.number(x), y: row.number(y) };
    const where = `${path}, line ${row.line}`;
    if (place.id === "") throw new ScanInputError(`${where}: the id is missing`);
    if (numbers.findText(place.id) !== undefined)
      throw new ScanInputError(`${where}: place ${place.id} was already given`);
    if (lonlat && !(Math.abs(place.x) <= 180 && Math.abs(place.y) <= 90))
      throw new ScanInputError(`${where}: ${place.x}, ${place.y} is not a longitude and a latitude`);
    numbers.file(place.id, places.push(place) - 1);
    if (population >= 0) people.push(row.number(population));
  });
  return {
    places,
    lonlat,
    people: population < 0 ? undefined : Float64Array.from(people),
    index: indexOf(path, numbers),
  };
}

function indexOf(locations: string, numbers: Filed): PlaceIndex {
  return {
    find: (path, row, at) => {
      const found = row.find(at, numbers);
      if (found === undefined)
        throw new ScanInputError(
          `${path}, line ${row.line}: place ${row.text(at) || "without an id"} is not in ${locations}`,
        );
      return found;
    },
  };
}

/** Read distances between places, given once for each pair; what no row connects is out of reach. */
export function readDistances(path: string, { places, index }: PlaceFile): Float64Array {
  const table = openTable(path);
  const [from, to, distance] = [column(table, FROM), column(table, TO), column(table, DISTANCE)];
  const count = places.length;
  if (count > 20_000) throw new ScanInputError("distances are possible for up to 20,000 places");
  const distances = new Float64Array(count * count).fill(Infinity);
  for (let place = 0; place < count; place++) distances[place * count + place] = 0;
  table.each((row) => {
    const [a, b] = [index.find(path, row, from), index.find(path, row, to)];
    const far = row.number(distance);
    if (far < 0) throw new ScanInputError(`${path}, line ${row.line}: a distance is a number from 0`);
    distances[a * count + b] = far;
    // A pair that is given both ways keeps both.
    if (distances[b * count + a] === Infinity) distances[b * count + a] = far;
  });
  return distances;
}
