import type { CaseRecord } from "@linge/domain/case/record.ts";
import { maskName, maskPhone } from "@linge/domain/case/mask.ts";
import type { House } from "../../platform/house.ts";
import { momentOf } from "../../platform/moment.ts";
import { linkToken } from "../cases/links.ts";
import { timelineOf } from "../cases/queries.ts";
import { readRecords } from "../cases/store.ts";
import type { Owner } from "./own.ts";
import { looksAt, type OwnLook } from "./looks.ts";
import { ownRequests } from "./requests.ts";

/** One's own data in a form that other programs can read; `linge-own-data/1`. Times are ISO, places WGS84. */
export type OwnData = {
  format: "linge-own-data/1";
  city: { code: string; zh: string; en: string };
  madeAt: string;
  account?: { phone: string; since: string; sessions: { device: string; createdAt: string; seenAt: string }[] };
  cases: OwnCaseData[];
  looks: OwnLook[];
  requests: {
    kind: string;
    number?: string;
    text: string;
    at: string;
    dueAt: string;
    outcome?: string;
    answer?: string;
  }[];
};
export type OwnCaseData = Pick<
  CaseRecord,
  | "number"
  | "state"
  | "kind"
  | "text"
  | "place"
  | "answers"
  | "reportedAt"
  | "dueAt"
  | "closedAt"
  | "rating"
  | "identityRemovedAt"
> & {
  category: { zh: string; en: string };
  reporter?: { name?: string; phone?: string; wantsContact: boolean };
  photos: string[];
  steps: { type: string; at: string; role: string; unitId?: string; words: Record<string, unknown> }[];
};

/** Everything that the house keeps about somebody, as far as he may see it. Through a link, name and number are masked. */
export async function ownData(house: House, own: Owner): Promise<OwnData> {
  const records = own.caseIds.length ? await readRecords(house.db, house.cityId, own.caseIds) : [];
  records.sort((a, b) => b.reportedAt.localeCompare(a.reportedAt));
  const cases: OwnCaseData[] = [];
  for (const record of records) cases.push(await caseData(house, record, own.residentId !== undefined));
  return {
    format: "linge-own-data/1",
    city: house.config.city,
    madeAt: momentOf(house),
    account: own.residentId ? await accountData(house, own.residentId) : undefined,
    cases,
    looks: await looksAt(house, own.caseIds, 5_000),
    requests: (await ownRequests(house, own)).map(({ kind, number, text, at, dueAt, decided }) => ({
      kind,
      number,
      text,
      at,
      dueAt,
      outcome: decided?.outcome,
      answer: decided?.answer,
    })),
  };
}

async function caseData(house: House, record: CaseRecord, whole: boolean): Promise<OwnCaseData> {
  const { number, state, kind, text, place, answers, reportedAt, dueAt, closedAt, rating, identityRemovedAt } = record;
  const told = { number, state, kind, text, place, answers, reportedAt, dueAt, closedAt, rating, identityRemovedAt };
  const { reporter } = record;
  const category = house.settings.category(record.categoryId);
  const shown = (value: string | undefined, mask: (text: string) => string) => (whole ? value : value && mask(value));
  const link = linkToken(house, "follow", record.id);
  const steps = await timelineOf(house, record.id, ["everyone", "reporter"]);
  return {
    ...told,
    category: { zh: category?.zh ?? record.categoryId, en: category?.en ?? record.categoryId },
    reporter: reporter && {
      name: shown(reporter.name, maskName),
      phone: shown(reporter.phone, maskPhone),
      wantsContact: reporter.wantsContact,
    },
    photos: record.photos.map((id) => `${house.config.publicUrl}/photos/${id}?link=${link}`),
    steps: steps.map(({ type, at, actorRole, unitId, data }) => ({ type, at, role: actorRole, unitId, words: data })),
  };
}

async function accountData(house: House, residentId: string): Promise<OwnData["account"]> {
  const resident = await house.db
    .selectFrom("residents")
    .select(["phone", "created_at"])
    .where("city_id", "=", house.cityId)
    .where("id", "=", residentId)
    .executeTakeFirst();
  if (!resident) return undefined;
  const sessions = await house.db
    .selectFrom("sessions")
    .select(["device", "created_at", "seen_at"])
    .where("city_id", "=", house.cityId)
    .where("resident_id", "=", residentId)
    .execute();
  return {
    phone: resident.phone,
    since: resident.created_at,
    sessions: sessions.map(({ device, created_at, seen_at }) => ({ device, createdAt: created_at, seenAt: seen_at })),
  };
}
