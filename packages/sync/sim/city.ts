import type { Heard } from "../src/command/clock.ts";
import { editType, type SyncCommand } from "../src/command/command.ts";
import type { Decision } from "../src/inbox/kept.ts";
import type { Json, JsonObject } from "../src/json.ts";
import type { FieldDocument } from "../src/merge/document.ts";
import { mergeEdit, type Edit, type Merged } from "../src/merge/edit.ts";

/** A record of the simulated city: a request that is decided, or a card whose fields are merged. */
export type CityRecord = {
  kind: "request" | "card";
  id: string;
  area: string;
  version: number;
  open: boolean;
  endedAt?: string;
  notes: readonly string[];
  thanks: number;
  card: FieldDocument;
  /** Where it stands in the server's order, and the areas it was in before. */
  position: number;
  wasIn: readonly string[];
};

export const grids = ["A1", "A2", "B1", "B2"] as const;

/** Who may work where: prefixes of grid codes. */
export type Rights = ReadonlyMap<string, readonly string[]>;

export const mayWork = (rights: Rights, worker: string, area: string): boolean =>
  (rights.get(worker) ?? []).some((prefix) => area.startsWith(prefix));

const refused = (code: string): Decision => ({ ok: false, reason: { code, params: {} } });

export type Merge = (document: FieldDocument | undefined, edit: Edit) => Merged;

/** Commands that came with a minor version. */
export const sinceMinor: Record<string, number> = { open: 0, note: 0, finish: 0, [editType]: 0, thank: 1 };

/** What the city gives a decision: the record as it is, a way to keep it, rights and release of the moment. */
export type CityContext = {
  record: CityRecord | undefined;
  keep(record: CityRecord): void;
  rights: Rights;
  worker: string;
  minor: number;
  merge?: Merge;
};

const fresh = (command: SyncCommand, area: string): CityRecord => ({
  kind: command.kind as CityRecord["kind"],
  id: command.recordId,
  area,
  version: 0,
  open: true,
  notes: [],
  thanks: 0,
  card: { version: 0, fields: {} },
  position: 0,
  wasIn: [],
});

/** The city's rule book: pure but for `keep`. */
export function decideInCity(command: SyncCommand, heard: Heard, context: CityContext): Decision | "notKnownHere" {
  if ((sinceMinor[command.type] ?? Infinity) > context.minor) return "notKnownHere";
  const { record, worker, rights } = context;
  const area = record?.area ?? (command.data.area as string | undefined);
  if (area === undefined) return refused("notFound");
  if (!mayWork(rights, worker, area)) return refused("outOfScope");
  const changed = change(record ?? fresh(command, area), command, heard, context, record !== undefined);
  if (typeof changed === "string") return refused(changed);
  context.keep(changed.record);
  return { ok: true, version: changed.record.version, conflicts: changed.conflicts };
}

type Changed = { record: CityRecord; conflicts?: string[] };

function change(
  record: CityRecord,
  command: SyncCommand,
  heard: Heard,
  { worker, merge = mergeEdit }: CityContext,
  exists: boolean,
): Changed | string {
  const next = { ...record, version: record.version + 1 };
  switch (command.type) {
    case "open":
      return exists ? "exists" : { record: next };
    case "note":
      if (!exists) return "notFound";
      return record.open ? { record: { ...next, notes: [...record.notes, command.id] } } : "notPossibleNow";
    case "thank":
      return exists ? { record: { ...next, thanks: record.thanks + 1 } } : "notFound";
    case "finish":
      if (!exists) return "notFound";
      return record.open ? { record: { ...next, open: false, endedAt: heard.receivedAt } } : "notPossibleNow";
    default: {
      const edit = {
        fields: command.data.fields as Record<string, Json>,
        by: worker,
        versions: command.version,
        heard,
      };
      const merged = merge({ ...record.card, version: record.version }, edit);
      return { record: { ...next, card: merged.document }, conflicts: merged.flagged };
    }
  }
}

/** What travels to a phone of a record. */
export function shown(record: CityRecord): JsonObject {
  const { area, open, notes, thanks, card } = record;
  return { area, open, notes, thanks, card: card as unknown as Json };
}
