/** One field of a table for spreadsheets: quoted where needed, and never a formula. */
function field(value: unknown): string {
  const text = value === undefined || value === null ? "" : String(value);
  const safe = /^[=+\-@\t]/.test(text) && typeof value === "string" ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A table as CSV (RFC 4180), with the mark that tells spreadsheets it is UTF-8. */
export function csvOf(head: readonly string[], rows: readonly (readonly unknown[])[]): string {
  return `\ufeff${[head, ...rows].map((row) => row.map(field).join(",")).join("\r\n")}\r\n`;
}
