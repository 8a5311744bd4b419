import { editType, type SyncCommand } from "../command/command.ts";
import type { Json, JsonObject } from "../json.ts";
import type { Entry } from "../outbox/entry.ts";
import type { Row } from "../pull/page.ts";

/** Shows a command on a record that the server has not confirmed; gets undefined for a record made on this phone. */
export type Preview = (value: Json | undefined, command: SyncCommand) => Json | undefined;

/** Sets the fields of an edit on a plain object; other commands leave the record as it is. */
export const previewEdit: Preview = (value, { type, data }) =>
  type === editType ? { ...(value as JsonObject | undefined), ...(data.fields as JsonObject) } : value;

/** A record as its worker should see it: as the server has it, with his own work on top until that has come back. */
export type Seen = { value: Json | undefined; row?: Row; waiting: Entry[] };

const standsOnTop = (entry: Entry, row: Row | undefined): boolean =>
  entry.state === "accepted"
    ? row !== undefined && entry.version !== undefined && entry.version > row.version
    : entry.state !== "notAccepted";

/**
 * Lays unconfirmed commands over a record, in the order in which they were given. What was not accepted is not shown as
 * done; it is in `waiting`, to be shown beside.
 */
export function overlay(row: Row | undefined, entries: readonly Entry[], preview: Preview = previewEdit): Seen {
  let value = row?.value;
  for (const entry of entries) if (standsOnTop(entry, row)) value = preview(value, entry.command);
  return { value, row, waiting: entries.filter((entry) => entry.state !== "accepted" && !entry.replacedBy) };
}
