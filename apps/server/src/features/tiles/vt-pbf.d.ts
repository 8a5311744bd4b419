declare module "vt-pbf" {
  /** A feature in tile units; tags are written as they are. */
  type TileFeature = { type: 1 | 2 | 3; geometry: unknown; tags: Record<string, unknown> | null };
  /** Layers by name to the bytes of a vector tile (Mapbox Vector Tile 2.1). */
  export function fromGeojsonVt(
    layers: Record<string, { features: TileFeature[] }>,
    options?: { version?: number; extent?: number },
  ): Uint8Array;
}
