import type { Json } from "../json.ts";
import { aboutWhen, type Heard } from "../command/clock.ts";
import type { Versions } from "../command/command.ts";
import { emptyDocument, isConflict, type Claim, type Field, type FieldDocument } from "./document.ts";

/** An edit as the server takes it: the fields, who, on what it was based, and when. */
export type Edit = { fields: Readonly<Record<string, Json>>; by: string; versions: Versions; heard: Heard };

/** `flagged`: fields that somebody else had changed meanwhile; `superseded`: fields the same phone changed again later. */
export type Merged = { document: FieldDocument; flagged: string[]; superseded: string[] };

type Verdict = "superseded" | "free" | "unseen";

/** Whether a field may simply be set. What stands may be known to the editor: by its version, or because it is his own phone's. */
function judge(field: Field | undefined, { base, branch, sequence }: Versions): Verdict {
  if (!field) return "free";
  const own = field.branch === branch;
  if (own && field.sequence > sequence) return "superseded";
  if (field.version <= base) return "free";
  return own && !field.claims ? "free" : "unseen";
}

/** Every value said unseen by the others, the newest of each phone, in the server's order. */
function claimsOf(field: Field, claim: Claim): Claim[] {
  const { claims, ...standing } = field;
  return [...(claims ?? [standing]).filter((each) => each.branch !== claim.branch), claim];
}

function set(field: Field | undefined, claim: Claim, verdict: Verdict): Field {
  if (verdict !== "unseen" || !field) return claim;
  const claims = claimsOf(field, claim);
  return claims.length > 1 ? { ...claim, claims } : claim;
}

/**
 * Merges an edit into a document. Fields that nobody else changed since `base` are set. A field that got another
 * value is flagged: the value the server takes last stands, and every value is kept beside it with who and when, until an edit
 * made in sight of the conflict sets the field. Times decide nothing.
 * @param document undefined for a new one; its version has to be the record's, counting changes of any other kind too
 */
export function mergeEdit(document: FieldDocument | undefined, edit: Edit): Merged {
  const before = document ?? emptyDocument;
  const version = before.version + 1;
  const { versions, by, heard } = edit;
  const fields: Record<string, Field> = { ...before.fields };
  const flagged: string[] = [];
  const superseded: string[] = [];
  for (const [name, value] of Object.entries(edit.fields)) {
    const verdict = judge(fields[name], versions);
    if (verdict === "superseded") {
      superseded.push(name);
      continue;
    }
    const claim: Claim = {
      value,
      by,
      branch: versions.branch,
      sequence: versions.sequence,
      version,
      at: heard.receivedAt,
      saidAt: aboutWhen(heard),
    };
    fields[name] = set(fields[name], claim, verdict);
    if (isConflict(fields[name])) flagged.push(name);
  }
  return { document: { version, fields }, flagged, superseded };
}
