import type { Actor } from "@linge/domain/access/scope.ts";
import { refuse, type LingeError } from "@linge/domain/error/catalogue.ts";
import { visitGrant } from "@linge/domain/visit/permission.ts";
import { checkVisitEdit } from "@linge/domain/visit/visit.ts";
import type { Heard } from "@linge/sync/command/clock.ts";
import type { SyncCommand } from "@linge/sync/command/command.ts";
import type { Json } from "@linge/sync/json.ts";
import { emptyDocument } from "@linge/sync/merge/document.ts";
import { mergeEdit } from "@linge/sync/merge/edit.ts";
import type { House } from "../../platform/house.ts";
import { visitValues, type Visit, type VisitChange } from "./store.ts";

export type DecidedVisit = { ok: true; change: VisitChange } | { ok: false; error: LingeError };

type EditData = { fields?: Record<string, Json>; areaCode?: string };

/**
 * Decides an edit of a visit: by right and rule, then field by field. The same way in for phones and for the desk.
 * @param visit undefined for a new one, whose `data` names its area
 */
export function decideVisit(
  house: House,
  actor: Actor,
  visit: Visit | undefined,
  command: SyncCommand,
  heard: Heard,
): DecidedVisit {
  const { fields, areaCode: named } = command.data as EditData;
  const areaCode = visit?.areaCode ?? named;
  const refused = (error: LingeError): DecidedVisit => ({ ok: false, error });
  if (typeof fields !== "object" || fields === null || Array.isArray(fields))
    return refused(refuse("invalidInput", { field: "fields", problem: "missing" }));
  if (typeof areaCode !== "string" || !house.territory.area(areaCode))
    return refused(refuse("unknownArea", { area: String(areaCode ?? "") }));
  if (!visitGrant(actor, areaCode)) return refused(refuse("outOfScope", {}));
  const problem = checkVisitEdit(visit && visitValues(visit), fields);
  if (problem) return refused(problem);
  const edit = { fields, by: actor.id, versions: command.version, heard };
  const { document, flagged } = mergeEdit(visit?.document ?? emptyDocument, edit);
  const changed: Visit = { id: command.recordId, areaCode, document, madeBy: visit?.madeBy ?? actor.id };
  const at = heard.receivedAt;
  return {
    ok: true,
    change: { commandId: command.id, actorId: actor.id, at, visit: changed, fields: Object.keys(fields), flagged },
  };
}
