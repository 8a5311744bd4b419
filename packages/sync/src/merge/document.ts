import { sameJson, type Json } from "../json.ts";

/** A value that somebody gave to a field: who, in which order the server took it, and when by both clocks. */
export type Claim = {
  value: Json;
  by: string;
  branch: string;
  sequence: number;
  /** Version of the document in which it stood first. */
  version: number;
  /** Server's time. */
  at: string;
  /** Phone's time; for people to read. */
  saidAt: string;
};

/** A field with the claim that stands and, when others were made unseen by their makers, all of them in the server's order. */
export type Field = Claim & { claims?: readonly Claim[] };

/** A record whose fields are merged one by one. */
export type FieldDocument = { version: number; fields: Readonly<Record<string, Field>> };

export const emptyDocument: FieldDocument = { version: 0, fields: {} };

/** The values that stand, without who and when. */
export function valuesOf(document: FieldDocument): Record<string, Json> {
  return Object.fromEntries(Object.entries(document.fields).map(([name, field]) => [name, field.value]));
}

/** Whether people said different things of a field. Saying the same twice is no conflict. */
export function isConflict({ claims }: Field): boolean {
  return claims?.some(({ value }) => !sameJson(value, claims[0]!.value)) ?? false;
}

/** Fields on which two values still wait for somebody to choose. */
export function conflictsOf(document: FieldDocument): { field: string; claims: readonly Claim[] }[] {
  return Object.entries(document.fields).flatMap(([name, field]) =>
    isConflict(field) ? [{ field: name, claims: field.claims! }] : [],
  );
}
