/** Rows of a CSV text (RFC 4180: quotes, doubled quotes, line ends of any kind, a leading BOM), as records by header. */
export function readCsv(text: string): Record<string, string>[] {
  const [header = [], ...rows] = splitCsv(text.replace(/^\uFEFF/u, ""));
  const names = header.map((name) => name.trim());
  return rows
    .filter((row) => row.length > 1 || row[0] !== "")
    .map((row) => Object.fromEntries(names.map((name, i) => [name, (row[i] ?? "").trim()])));
}

function splitCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/gu)) {
    row.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    rows.push(row);
    row = [];
    if (end === "") break;
  }
  return rows;
}
