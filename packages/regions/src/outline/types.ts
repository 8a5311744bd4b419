/** A position: longitude and latitude in degrees (WGS84), or metres in a plane. */
export type Position = number[];

/** As in GeoJSON: the rings of one polygon (outer first, then holes), or several polygons. */
export type Outline =
  | { type: "Polygon"; coordinates: Position[][] }
  | { type: "MultiPolygon"; coordinates: Position[][][] };

export type OutlinedBlock = { id: string; outline: Outline };

export type OutlineOptions = {
  /** Default "lonlat". */
  coordinates?: "lonlat" | "metres";
  /** Lines nearer than this many metres are taken for the same border. Default 2. */
  snap?: number;
  /** Common borders shorter than this many metres are touches, not neighbours. Default: three times `snap`. */
  least?: number;
};

/** Areas in km², lengths in km, as `planRegions` takes them. */
export type Surveyed = {
  blocks: { id: string; area: number; perimeter: number }[];
  links: { from: string; to: string; length: number }[];
  /** Groups of blocks that touch no other group, largest first; more than one means islands, which need ferries. */
  parts: string[][];
};
