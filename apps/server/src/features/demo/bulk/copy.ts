import pg from "pg";

/** A value of a row as COPY takes it. */
export type CopyValue = string | number | boolean | object | null | undefined;

const escapes: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };
const escape = (text: string): string => text.replaceAll(/[\\\t\n\r]/g, (character) => escapes[character]!);

/** Texts as a PostgreSQL array. */
export const arrayText = (items: readonly string[]): string =>
  `{${items.map((item) => `"${item.replaceAll(/["\\]/g, "\\$&")}"`).join()}}`;

/** Bytes, given in hexadecimal, as PostgreSQL writes them. */
export const bytesText = (hex: string): string => `\\x${hex}`;

function field(value: CopyValue): string {
  if (value === null || value === undefined) return "\\N";
  return escape(typeof value === "object" ? JSON.stringify(value) : String(value));
}

class CopyQuery extends pg.Query {
  readonly #bytes: Buffer;
  constructor(text: string, bytes: Buffer, done: (error: Error | null) => void) {
    super(text, done as never);
    this.#bytes = bytes;
  }
  /** Called by the driver once the server waits for rows. */
  handleCopyInResponse(connection: { sendCopyFromChunk(bytes: Buffer): void; endCopyFrom(): void }): void {
    connection.sendCopyFromChunk(this.#bytes);
    connection.endCopyFrom();
  }
}

/** Adds rows with COPY, which costs the database a fraction of INSERT. All rows name the same columns, in one order. */
export function copyRows(
  client: pg.ClientBase,
  table: string,
  rows: readonly Readonly<Record<string, CopyValue>>[],
): Promise<void> {
  if (!rows.length) return Promise.resolve();
  const columns = Object.keys(rows[0]!);
  const lines = rows.map((row) => `${columns.map((column) => field(row[column])).join("\t")}\n`);
  const bytes = Buffer.from(lines.join(""));
  return new Promise((resolve, reject) => {
    const done = (error: Error | null): void => (error ? reject(error) : resolve());
    client.query(new CopyQuery(`copy ${table} (${columns.join()}) from stdin`, bytes, done));
  });
}
