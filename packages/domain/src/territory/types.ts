/**
 * The territory: city, county, township, community, grid and micro-grid, as plain data.
 *
 * Positions are WGS84 longitude and latitude in degrees. A code is a dated business key beside the id: when a boundary
 * or a name changes, a new version of the area (new id, later `validFrom`) names the old ones as its predecessors.
 */

/** From the whole to the smallest part. */
export const levels = ["city", "county", "township", "community", "grid", "microGrid"] as const;
export type Level = (typeof levels)[number];

/** Longitude and latitude in degrees, WGS84. */
export type Position = [longitude: number, latitude: number];
/** A closed ring: the last position repeats the first. */
export type Ring = Position[];
/** An outer ring and its holes. */
export type PolygonRings = Ring[];
/** GeoJSON MultiPolygon (RFC 7946): outer rings counter-clockwise, holes clockwise. */
export type MultiPolygon = { type: "MultiPolygon"; coordinates: PolygonRings[] };

/** 重点·服务·联络: how much need, hence how much staff. Never a judgement on persons. */
export type Focus = "key" | "service" | "liaison";
/** 综合·专属: dedicated grids are ports, markets, schools, industrial parks. */
export type GridKind = "general" | "dedicated";

/** A vessel on the roster of a maritime grid. */
export type Vessel = { name: string; homePort?: string };

/** Chinese is the source; English where there is one. */
export type Names = { zh: string; en?: string };

/** One dated version of one part of the territory. */
export type Area = {
  id: string;
  /** 12 digits; 15 for a grid, 18 for a micro-grid. */
  code: string;
  level: Level;
  /** null for the city. */
  parentCode: string | null;
  names: Names;
  /** Absent for a maritime grid, and where no boundary is known. */
  geometry?: MultiPolygon;
  /** A position within the largest part, for a label or a marker; a maritime grid has its home port's community's. */
  centre?: Position;
  /** 示意: the boundary is an approximation and must be labelled so wherever it is drawn. */
  indicative: boolean;
  /** First day it is in force, "2026-01-01". */
  validFrom: string;
  /** First day it is no longer in force; absent while it is. */
  validTo?: string;
  /** Ids of the versions this one came from (splits and merges keep them). */
  predecessors: string[];
  focus?: Focus;
  kind?: GridKind;
  /** 海上网格: present on maritime grids, whose extent is this roster and not a polygon. */
  vessels?: Vessel[];
};

/** An area of level "grid": always in a community, always with a focus and a kind. */
export type Grid = Area & { level: "grid"; parentCode: string; focus: Focus; kind: GridKind };

export const organisationKinds = [
  "dualAffiliationBranch",
  "fisherWivesTeam",
  "serviceTeam",
  "propertyCompany",
  "ownersCommittee",
  "residentsAssembly",
  "socialOrg",
] as const;
export type OrganisationKind = (typeof organisationKinds)[number];

/** An organisation attached to parts of the territory. */
export type Organisation = {
  id: string;
  kind: OrganisationKind;
  names: Names;
  /** Codes of the areas it serves. */
  areaCodes: string[];
  validFrom: string;
  validTo?: string;
  /** Invented for the demonstration. */
  synthetic: boolean;
};

/** All versions of all parts of one city. Grids are areas too; they are apart because most readers want only them. */
export type Territory = { areas: Area[]; grids: Grid[]; organisations: Organisation[] };

export function isGrid(area: Area): area is Grid {
  return area.level === "grid" && area.parentCode !== null && area.focus !== undefined && area.kind !== undefined;
}

/** A grid at sea: its extent is a roster of vessels. */
export function isMaritime(area: Area): boolean {
  return area.vessels !== undefined;
}
