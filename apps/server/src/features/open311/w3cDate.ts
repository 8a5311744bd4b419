const w3c = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/**
 * Time in ms of a date as the specification wants it (W3C note, with a zone); nothing when it is none.
 * A plus sign that was not encoded in an address arrives as a space and is put back.
 */
export function readW3c(text: string): number | undefined {
  const found = w3c.exec(text.replace(/ (?=\d\d:\d\d$)/, "+"));
  if (!found) return undefined;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const real = new Date(Date.UTC(year, month - 1, day));
  // Date.parse takes 30 February for 2 March.
  if (year < 1900 || real.getUTCMonth() !== month - 1 || real.getUTCDate() !== day) return undefined;
  const time = Date.parse(found[0]);
  return Number.isNaN(time) ? undefined : time;
}

const two = (value: number): string => String(value).padStart(2, "0");

/** A time in the city's own zone, e.g. `2026-11-23T10:00:00+08:00`. */
export function writeW3c(iso: string, offsetMinutes: number): string {
  const local = new Date(Date.parse(iso) + offsetMinutes * 60_000).toISOString().slice(0, 19);
  const minutes = Math.abs(offsetMinutes);
  return `${local}${offsetMinutes < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
