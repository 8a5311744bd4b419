import vtPbf from "vt-pbf";

/** Address of a tile in the usual scheme of web maps: y grows southwards. */
export type Tile = { z: number; x: number; y: number };

/** Units along a side of a tile. */
export const extent = 4096;
export const deepest = 18;

/** A point of a layer, with what is said of it. */
export type TilePoint = { lon: number; lat: number; tags: Record<string, string | number | boolean> };

/** Whether there is such a tile at all. */
export const exists = ({ z, x, y }: Tile): boolean => z <= deepest && x < 2 ** z && y < 2 ** z;

const longitude = (x: number, z: number): number => (x / 2 ** z) * 360 - 180;
/** Inverse of the Mercator projection of web maps (EPSG:3857). */
const latitude = (y: number, z: number): number =>
  (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** z))) * 180) / Math.PI;

/** The box of a tile in degrees. */
export function boundsOf({ z, x, y }: Tile): { west: number; east: number; north: number; south: number } {
  return { west: longitude(x, z), east: longitude(x + 1, z), north: latitude(y, z), south: latitude(y + 1, z) };
}

/** Position within a tile in its units; nothing when the place belongs to another tile. */
export function within({ z, x, y }: Tile, lon: number, lat: number): [number, number] | undefined {
  const sine = Math.sin((lat * Math.PI) / 180);
  const across = ((lon + 180) / 360) * 2 ** z - x;
  const down = (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 2 ** z - y;
  if (across < 0 || across >= 1 || down < 0 || down >= 1) return undefined;
  return [Math.floor(across * extent), Math.floor(down * extent)];
}

/** Bytes of a tile of points; those that belong to other tiles are left out. */
export function pointTile(tile: Tile, layers: Record<string, readonly TilePoint[]>): Uint8Array {
  const drawn = Object.entries(layers).map(([name, points]) => {
    const features = points.flatMap(({ lon, lat, tags }) => {
      const at = within(tile, lon, lat);
      return at ? [{ type: 1 as const, geometry: [at], tags }] : [];
    });
    return [name, { features }] as const;
  });
  return vtPbf.fromGeojsonVt(Object.fromEntries(drawn), { version: 2, extent });
}
