type Bounds = [west: number, south: number, east: number, north: number];

/** The box of the whole city, for a map's first view. */
export async function cityBounds(): Promise<Bounds> {
  const answer = await fetch("/api/areas/bounds");
  const { bounds } = (await answer.json()) as { bounds: Bounds };
  return bounds;
}
