import { makeLocator, type Locator } from "@linge/domain/territory/locator.ts";
import type { Area } from "@linge/domain/territory/types.ts";
import type { Unit } from "@linge/domain/routing/rule.ts";
import type { Database } from "../../platform/db/database.ts";

/** Today's territory in memory: small, asked at every report, changed a few times a year. */
export type Territory = {
  area(code: string): Area | undefined;
  /** The last version of a grid that is no longer in force: cases closed in it keep its name. */
  former(code: string): Pick<Area, "code" | "names"> | undefined;
  all(): Area[];
  children(code: string): Area[];
  /** From the city down to the area itself. */
  path(code: string): Area[];
  /** The grid that holds a point, else the township or county that does. */
  locate: Locator["locate"];
  /** The same, and for a point on the water the nearest of them within `reach` metres. */
  seek(lon: number, lat: number, reach: number): Area | undefined;
  /** Units that take work. */
  units(): Unit[];
  allUnits(): Unit[];
  /** Also one that is retired: old cases name it. */
  unit(id: string): Unit | undefined;
  reload(): Promise<void>;
  /** Loads again when another server redrew or imported; says whether it did. */
  follow(): Promise<boolean>;
  /** Grows with every reload: what was made from an older one is out of date. */
  version(): number;
};

/** A point on the water near the city still belongs to it: ferries, moorings, bridges. In metres. */
export const shore = 6_000;

type State = {
  byCode: Map<string, Area>;
  byParent: Map<string, Area[]>;
  locator: Locator;
  wide: Locator;
  units: Map<string, Unit>;
  former: Map<string, Pick<Area, "code" | "names">>;
  /** Changes whenever a version begins or ends. */
  mark: string;
};

async function markOf(db: Database, cityId: string): Promise<string> {
  const { begun, ended, last } = await db
    .selectFrom("areas")
    .select(({ fn }) => [
      fn.countAll<string>().as("begun"),
      fn.count<string>("valid_to").as("ended"),
      fn.max("valid_from").as("last"),
    ])
    .where("city_id", "=", cityId)
    .executeTakeFirstOrThrow();
  return `${begun} ${ended} ${last}`;
}

async function read(db: Database, cityId: string): Promise<State> {
  const mark = await markOf(db, cityId);
  const rows = await db
    .selectFrom("areas")
    .selectAll()
    .where("city_id", "=", cityId)
    .where("valid_to", "is", null)
    .orderBy("code")
    .execute();
  const areas = rows.map((row): Area => ({
    id: row.id,
    code: row.code,
    level: row.level as Area["level"],
    parentCode: row.parent_code,
    names: { zh: row.name_zh, en: row.name_en ?? undefined },
    focus: (row.focus ?? undefined) as Area["focus"],
    kind: (row.kind ?? undefined) as Area["kind"],
    indicative: row.indicative,
    geometry: (row.geometry ?? undefined) as Area["geometry"],
    vessels: (row.vessels ?? undefined) as Area["vessels"],
    centre: row.centre ? [row.centre.x, row.centre.y] : undefined,
    predecessors: row.predecessors,
    validFrom: row.valid_from,
  }));
  const byParent = Map.groupBy(
    areas.filter((area) => area.parentCode),
    (area) => area.parentCode!,
  );
  const units = await db.selectFrom("units").selectAll().where("city_id", "=", cityId).orderBy("id").execute();
  const ended = await db
    .selectFrom("areas")
    .select(["code", "name_zh", "name_en"])
    .where("city_id", "=", cityId)
    .where("valid_to", "is not", null)
    .orderBy("valid_to")
    .execute();
  return {
    mark,
    byCode: new Map(areas.map((area) => [area.code, area])),
    byParent,
    locator: makeLocator(areas.filter((area) => area.level === "grid")),
    wide: makeLocator(areas.filter((area) => area.level === "township" || area.level === "county")),
    former: new Map(
      ended.map(({ code, name_zh, name_en }) => [code, { code, names: { zh: name_zh, en: name_en ?? undefined } }]),
    ),
    units: new Map(
      units.map((row) => [
        row.id,
        {
          id: row.id,
          zh: row.name_zh,
          en: row.name_en,
          kind: row.kind,
          areaCode: row.area_code,
          phone: row.phone ?? undefined,
          ...(row.retired_at && { retired: true }),
        },
      ]),
    ),
  };
}

/** Loads the territory that is valid today. */
export async function loadTerritory(db: Database, cityId: string): Promise<Territory> {
  let state = await read(db, cityId);
  let version = 1;
  const working = (): Unit[] => [...state.units.values()].filter((unit) => !unit.retired);
  let unitList = working();
  const reload = async (): Promise<void> => {
    state = await read(db, cityId);
    unitList = working();
    version += 1;
  };
  const locate: Locator["locate"] = (lon, lat) => state.locator.locate(lon, lat) ?? state.wide.locate(lon, lat);
  const path = (code: string): Area[] => {
    const found: Area[] = [];
    for (
      let area = state.byCode.get(code);
      area;
      area = area.parentCode ? state.byCode.get(area.parentCode) : undefined
    )
      found.unshift(area);
    return found;
  };
  return {
    area: (code) => state.byCode.get(code),
    former: (code) => state.former.get(code),
    all: () => [...state.byCode.values()],
    children: (code) => state.byParent.get(code) ?? [],
    path,
    locate,
    seek(lon, lat, reach) {
      const inside = locate(lon, lat);
      if (inside) return inside;
      const found = state.locator.seek(lon, lat, reach);
      return found.place === "near" ? found.nearest : undefined;
    },
    units: () => unitList,
    allUnits: () => [...state.units.values()],
    unit: (id) => state.units.get(id),
    reload,
    async follow() {
      const behind = (await markOf(db, cityId)) !== state.mark;
      if (behind) await reload();
      return behind;
    },
    version: () => version,
  };
}
