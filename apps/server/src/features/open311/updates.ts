import type { Actor } from "@linge/domain/access/scope.ts";
import type { FollowingCommand } from "@linge/domain/case/command.ts";
import { readCaseNumber } from "@linge/domain/case/number.ts";
import type { CaseRecord } from "@linge/domain/case/record.ts";
import { isEnded } from "@linge/domain/case/state.ts";
import { sql } from "kysely";
import { portalTexts } from "../../../../web/portal/texts.ts";
import type { House } from "../../platform/house.ts";
import type { Language } from "../../platform/http/language.ts";
import { runCaseCommand } from "../cases/commands.ts";
import { caseByNumber } from "../cases/queries.ts";
import type { Ask } from "./ask.ts";
import { mediaLinks } from "./body.ts";
import { derivedId } from "../../platform/derivedId.ts";
import type { Plain } from "./document.ts";
import type { KeyHolder } from "./keys.ts";
import { pageOf, type Parameters } from "./parameters.ts";
import { periodOf, recent } from "./period.ts";
import { bad, Open311Refusal, refuseWith } from "./problem.ts";
import { answered, keepPhotos } from "./report.ts";
import { isBroughtBy, knownTo } from "./requests.ts";
import { readW3c, writeW3c } from "./w3cDate.ts";

type Status = "open" | "closed";
type Step = { id: string; number: string; type: string; at: string; granted: boolean | null };

/** Steps that tell a follower something, and how the request stands after each. */
const statusAfter: Record<string, Status> = {
  verificationRequested: "open",
  verified: "open",
  filed: "open",
  dispatched: "open",
  assistAdded: "open",
  accepted: "open",
  contacted: "open",
  handlingStarted: "open",
  responded: "open",
  extensionDecided: "open",
  suspensionDecided: "open",
  resumed: "open",
  checkRequested: "open",
  checked: "open",
  closed: "closed",
  reopeningRequested: "closed",
  reopeningDecided: "closed",
  declined: "closed",
  redirected: "closed",
  withdrawn: "closed",
  voided: "closed",
  merged: "closed",
  unmerged: "open",
  undone: "open",
};

function updateOf(house: House, step: Step, language: Language): Plain {
  const reopened = step.type === "reopeningDecided" && step.granted;
  return {
    update_id: step.id,
    service_request_id: step.number,
    status: reopened ? "open" : statusAfter[step.type]!,
    external_status_code: step.type,
    updated_datetime: writeW3c(step.at, house.settings.calendar().offsetMinutes),
    // What people wrote at a step was not read by a moderator; the step itself is public.
    description: portalTexts[language].events[step.type]!,
    media_url: null,
  };
}

/** GET servicerequestupdates: the steps of known requests, the oldest first. */
export async function listUpdates(house: House, { parameters, holder, language }: Ask): Promise<Plain> {
  const { from, to } = periodOf(parameters, "start_date", "end_date") ?? recent(house.clock());
  const { limit, offset } = pageOf(parameters);
  const numbers = parameters.list("service_request_id").flatMap((id) => readCaseNumber(id) ?? []);
  const named = parameters.one("service_request_id") ? sql`and c.number = any(${numbers}::text[])` : sql``;
  const found = await sql<Step>`
    select s.id, c.number, s.type, s.at, (s.data->>'granted')::boolean as granted
    from case_events s join cases c on c.city_id = s.city_id and c.id = s.case_id
    where s.city_id = ${house.cityId} and s.at >= ${from} ${to ? sql`and s.at <= ${to}` : sql``} and s.visible = 'everyone'
      and s.type <> 'reported' and s.type = any(${Object.keys(statusAfter)}::text[]) and ${knownTo(holder)} ${named}
    order by s.at, s.id limit ${limit} offset ${offset}`.execute(house.db);
  return found.rows.map((step) => updateOf(house, step, language));
}

const required = ["service_request_id", "update_id", "status", "updated_datetime", "description"] as const;
type Update = Record<(typeof required)[number], string>;
/** Statuses of FixMyStreet's extension, beside open and closed. */
const statuses = new Set(
  "open closed fixed in_progress action_scheduled investigating duplicate not_councils_responsibility no_further_action internal_referral reopen for_triage".split(
    " ",
  ),
);

function readUpdate(parameters: Parameters): Update {
  const missing = required.filter((name) => parameters.one(name) === undefined);
  if (missing.length)
    throw new Open311Refusal(missing.map((name) => bad(`缺少 ${name}。`, `${name} was not provided.`)));
  const update = Object.fromEntries(required.map((name) => [name, parameters.one(name)!])) as Update;
  const problems = [
    !statuses.has(update.status.toLowerCase()) && bad("没有这种 status。", `${update.status} is not a status.`),
    readW3c(update.updated_datetime) === undefined &&
      bad("updated_datetime 要写成带时区的 W3C 日期。", "updated_datetime must be a W3C date with a zone."),
    update.description.length > 4000 &&
      bad("description 最多 4000 字。", "description may have up to 4000 characters."),
  ].filter((each) => each !== false);
  if (problems.length) throw new Open311Refusal(problems);
  return update;
}

/** Who acts and how: a client speaks for the one who reported through it; on other requests it can only remark. */
function stepOf(record: CaseRecord, own: boolean, holder: KeyHolder, status: string, text: string, photos: string[]) {
  const reporter: Actor = { id: `link:${record.id}`, kind: "anonymous", grants: [] };
  if (own && !isEnded(record.state))
    return { actor: reporter, words: { type: "addInformation" as const, text, photos } };
  const again = ["closed", "followedUp", "declined", "redirected"].includes(record.state);
  const asked = record.reopening !== undefined && !record.reopening.decided;
  if (own && again && !asked && ["open", "reopen"].includes(status))
    return { actor: reporter, words: { type: "requestReopening" as const, reason: text, photos } };
  const system: Actor = { id: `open311:${holder.id}`, kind: "system", grants: [] };
  return { actor: system, words: { type: "addInternalNote" as const, text: `${holder.holder}：${text}` } };
}

/**
 * POST servicerequestupdates: an addition of the one who reported, his word that it is not resolved (status OPEN or
 * REOPEN on a closed request), or a remark that staff read. Sent again, it is answered again and done once.
 */
export async function postUpdate(house: House, holder: KeyHolder, { parameters, photos }: Ask): Promise<Plain> {
  const update = readUpdate(parameters);
  const links = mediaLinks(parameters.all("media_url"));
  const number = readCaseNumber(update.service_request_id);
  const record = number ? await caseByNumber(house, number) : undefined;
  const own = record !== undefined && (await isBroughtBy(house, record.id, holder));
  if (!record || (!own && !record.published))
    return refuseWith(404, "没有这个 service_request_id。", "The service_request_id was not found.");
  // The words are part of the id: another text under a number that was used before is another update, not a lost one.
  const id = derivedId("update", holder.id, record.id, update.update_id, update.status, update.description, ...links);
  if (await answered(house, [id])) return [{ update_id: id }];
  const kept = own ? await keepPhotos(house, holder, photos) : [];
  const text = [update.description, ...links].join("\n");
  const { actor, words } = stepOf(record, own, holder, update.status.toLowerCase(), text, kept);
  const at = new Date(readW3c(update.updated_datetime)!).toISOString();
  await runCaseCommand(house, actor, { id, caseId: record.id, at, ...words } as FollowingCommand);
  return [{ update_id: id }];
}
