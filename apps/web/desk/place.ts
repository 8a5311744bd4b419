export type Place = { name?: string; lon?: number; lat?: number; area?: string };

/** The place as the server takes it, with the chosen area where there is no pin. */
export function placeSent({ name, lon, lat, area }: Place): { place: object; areaCode?: string } {
  const words = name?.trim() ? { name: name.trim() } : {};
  if (lon !== undefined && lat !== undefined) return { place: { ...words, lon, lat } };
  const place = words.name ? words : { unknown: true };
  return area ? { place, areaCode: area } : { place };
}
