import type { Actor } from "@linge/domain/access/scope.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import {
  decisionProblem,
  requestDue,
  requestProblem,
  type DataRequest,
  type RequestKind,
  type RequestOutcome,
} from "@linge/domain/privacy/request.ts";
import { sql, type RawBuilder } from "kysely";
import type { House } from "../../platform/house.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { noteAct } from "./audit.ts";
import { inOversight } from "./looks.ts";
import { once } from "./once.ts";
import { privacySettings } from "./settings.ts";

type Row = {
  id: string;
  kind: RequestKind;
  case_id: string | null;
  resident_id: string | null;
  look_id: string | null;
  area_code: string;
  text: string;
  at: string;
  due_at: string;
  outcome: RequestOutcome | null;
  answer: string | null;
  decided_by: string | null;
  decided_at: string | null;
};

/** A request as the privacy officer sees it, with the number of the case it is about. */
export type ShownRequest = DataRequest & {
  number?: string;
  state?: string;
  /** The look that an objection is against. */
  look?: { at: string; person: string; role: string; purpose: string; note?: string };
};

type Found = Row & {
  number: string | null;
  state: string | null;
  looked_at: string | null;
  looker: string | null;
  look_role: string | null;
  look_purpose: string | null;
  look_note: string | null;
};

function requestOf(row: Found): ShownRequest {
  return {
    id: row.id,
    kind: row.kind,
    caseId: row.case_id ?? undefined,
    residentId: row.resident_id ?? undefined,
    lookId: row.look_id ?? undefined,
    areaCode: row.area_code,
    text: row.text,
    at: row.at,
    dueAt: row.due_at,
    decided: row.decided_at
      ? { outcome: row.outcome!, answer: row.answer ?? "", by: row.decided_by!, at: row.decided_at }
      : undefined,
    number: row.number ?? undefined,
    state: row.state ?? undefined,
    look: row.looked_at
      ? {
          at: row.looked_at,
          person: row.looker ?? "",
          role: row.look_role!,
          purpose: row.look_purpose!,
          note: row.look_note ?? undefined,
        }
      : undefined,
  };
}

async function requestsWhere(house: House, where: RawBuilder<unknown>): Promise<ShownRequest[]> {
  const found = await sql<Found>`
    select r.*, c.number, c.state, l.at as looked_at, p.name as looker, l.role as look_role, l.purpose as look_purpose, l.note as look_note
    from data_requests r
    left join cases c on c.city_id = r.city_id and c.id = r.case_id
    left join access_records l on l.city_id = r.city_id and l.id = r.look_id
    left join people p on p.city_id = l.city_id and p.id = l.person_id
    where r.city_id = ${house.cityId} and ${where} order by r.decided_at is not null, r.due_at, r.id limit 300`.execute(
    house.db,
  );
  return found.rows.map(requestOf);
}

/** Requests in the officer's area: open ones by their day of answer, then decided ones. */
export function requestsFor(house: House, actor: Actor): Promise<ShownRequest[]> {
  return requestsWhere(house, inOversight(actor));
}

/** Somebody who speaks for his own data: by the link of one case, or signed in for all his cases. */
export type Own = { actor: Actor; residentId?: string; caseIds: readonly string[] };

export function ownRequests(house: House, { residentId, caseIds }: Own): Promise<ShownRequest[]> {
  const byPerson = residentId ? sql`r.resident_id = ${residentId}` : sql`false`;
  return requestsWhere(house, sql`(${byPerson} or r.case_id = any(${caseIds}::uuid[]))`);
}

export type MakeRequest = { id: string; kind: RequestKind; text: string; caseId?: string; lookId?: string };

/** Takes a request about own data in. @throws Refusal notFound, reasonNeeded, requestOpen */
export async function makeRequest(house: House, own: Own, command: MakeRequest): Promise<{ dueAt: string }> {
  const { caseId, lookId, kind } = command;
  if (caseId && !own.caseIds.includes(caseId)) throw new Refusal(refuse("notFound", { what: "case" }));
  if ((kind === "objection") !== (lookId !== undefined)) throw new Refusal(refuse("notFound", { what: "look" }));
  const now = house.clock();
  const { requestWorkingDays } = (await privacySettings(house)).document;
  const dueAt = requestDue(now, requestWorkingDays, house.settings.calendar());
  const { answer } = await once(house, own.actor, { ...command, type: "makeDataRequest" }, async (tx) => {
    const asked = (await ownRequests(house, own)).filter((each) => !each.decided || each.kind === "objection");
    const problem = requestProblem({ kind, text: command.text, open: asked, caseId, lookId });
    if (problem) throw new Refusal(problem);
    await tx
      .insertInto("data_requests")
      .values({
        city_id: house.cityId,
        id: command.id,
        kind,
        case_id: caseId ?? null,
        resident_id: own.residentId ?? null,
        look_id: lookId ?? null,
        area_code: await areaOf(house, caseId, lookId),
        text: command.text.trim(),
        at: new Date(now),
        due_at: dueAt,
      })
      .execute();
    await noteAct(tx, house.cityId, own.actor, {
      action: "makeDataRequest",
      target: command.id,
      purpose: kind,
      at: now,
    });
    return { dueAt };
  });
  return answer;
}

/** @throws Refusal notFound for a case or a look that is not there */
async function areaOf(house: House, caseId: string | undefined, lookId: string | undefined): Promise<string> {
  if (!caseId) return house.config.city.code;
  const found = await sql<{ area_code: string }>`
    select c.area_code from cases c where c.city_id = ${house.cityId} and c.id = ${caseId} and (${lookId ?? null}::uuid is null or exists (
      select 1 from access_records r where r.city_id = c.city_id and r.id = ${lookId ?? null} and r.subject = c.id and r.refused is null))`.execute(
    house.db,
  );
  const [row] = found.rows;
  if (!row) throw new Refusal(refuse("notFound", { what: "look" }));
  return row.area_code;
}

export type DecideRequest = { id: string; outcome: RequestOutcome; answer: string; name?: string; phone?: string };

/**
 * Decides a request. What was granted is done by the officer with the commands for it (a correction with the new words);
 * the answer is what the person reads.
 * @throws Refusal notFound, alreadyDecided, reasonNeeded
 */
export async function decideRequest(
  house: House,
  actor: Actor,
  requestId: string,
  command: DecideRequest,
): Promise<ShownRequest> {
  const find = async () => (await requestsWhere(house, sql`r.id = ${requestId} and ${inOversight(actor)}`))[0];
  await once(house, actor, { ...command, type: "decideDataRequest" }, async (tx) => {
    const request = await find();
    if (!request) throw new Refusal(refuse("notFound", { what: "request" }));
    const problem = decisionProblem(request, command.outcome, command.answer);
    if (problem) throw new Refusal(problem);
    const at = house.clock();
    const changed = await tx
      .updateTable("data_requests")
      .set({ outcome: command.outcome, answer: command.answer.trim(), decided_by: actor.id, decided_at: new Date(at) })
      .where("city_id", "=", house.cityId)
      .where("id", "=", requestId)
      .where("decided_at", "is", null)
      .executeTakeFirst();
    if (!changed.numUpdatedRows) throw new Refusal(refuse("alreadyDecided", { what: "request" }));
    const { name, phone } = command;
    const corrects =
      request.kind === "correction" && command.outcome !== "declined" && request.caseId && (name || phone);
    if (corrects)
      await sql`update case_reporters set reporter = reporter || ${JSON.stringify({ ...(name && { name }), ...(phone && { phone }) })}::jsonb
        where city_id = ${house.cityId} and case_id = ${request.caseId!}`.execute(tx);
    await noteAct(tx, house.cityId, actor, {
      action: "decideDataRequest",
      target: requestId,
      purpose: command.outcome,
      at,
    });
    return { requestId };
  });
  return (await find())!;
}
