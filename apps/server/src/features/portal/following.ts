import type { CaseEvent } from "@linge/domain/case/event.ts";
import { leadOrder, photosOf, standingOrders, type CaseRecord } from "@linge/domain/case/record.ts";
import { ratingDays } from "@linge/domain/case/rules/closing.ts";
import QRCode from "qrcode";
import type { FollowCase, PageOf } from "../../../../web/portal/model.ts";
import type { House } from "../../platform/house.ts";
import type { Language } from "../../platform/http/language.ts";
import { newId } from "../../platform/ids.ts";
import { readRecords } from "../cases/store.ts";
import { rowOf } from "../cases/queries.ts";
import { named, unitNames, type PageBody } from "./view.ts";

type Following = Pick<PageOf<"follow">, "token" | "can" | "typed" | "at" | "looks"> & { timeline: CaseEvent[] };

/** The page by which somebody follows what he reported. */
export async function followPage(
  house: House,
  record: CaseRecord,
  language: Language,
  following: Following,
): Promise<Extract<PageBody, { page: "follow" }>> {
  const parent = record.duplicateOf ? (await readRecords(house.db, house.cityId, [record.duplicateOf]))[0] : undefined;
  return {
    page: "follow",
    case: { ...followCase(house, record, language), parent: parent?.number },
    commandId: newId(),
    unitNames: unitNames(house, language),
    ...following,
  };
}

const ended = (at: string): string => new Date(Date.parse(at) + ratingDays * 86_400_000).toISOString();

/** What the one who reported sees of his case. */
function followCase(house: House, record: CaseRecord, language: Language): FollowCase {
  const { rating, reopening, closedAt } = record;
  const lead = leadOrder(record);
  const rateUntil = closedAt && ended(closedAt);
  const done = record.state === "closed" || record.state === "followedUp";
  const answered = record.state === "responded" || record.state === "checking" || closedAt !== undefined;
  const extension = lead?.extension?.decided?.granted ? lead.extension : undefined;
  const waitsForContact = record.reporter?.wantsContact && lead?.acceptedAt && !lead.contactedAt && !answered;
  return {
    ...named(house, rowOf(house, record), language),
    fullText: record.text,
    answer: answered ? lead?.answer : undefined,
    ended: record.ended,
    closedAt,
    rateUntil: done && !rating ? rateUntil : undefined,
    ratingOpen: done && !rating && rateUntil !== undefined && house.clock() <= Date.parse(rateUntil),
    rating,
    reopening: reopening && { reason: reopening.reason, decided: reopening.decided },
    suspendedSince: record.clock.pausedSince,
    suspendedBecause: record.clock.pausedSince
      ? standingOrders(record).find((order) => order.suspension?.decided?.granted)?.suspension?.reason
      : undefined,
    extendedBecause: extension?.reason,
    contactBy: waitsForContact ? lead.contactDueAt : undefined,
    assisting: standingOrders(record)
      .filter((order) => order.part === "assist")
      .flatMap((order) => house.territory.unit(order.unitId)?.[language] ?? []),
    photos: photosOf(record),
  };
}

/** The page that confirms a report: its number, its promise, and the link to keep. */
export async function receivedPage(
  house: House,
  record: CaseRecord,
  token: string,
): Promise<Extract<PageBody, { page: "done" }>> {
  const link = `/f/${token}`;
  return {
    page: "done",
    number: record.number,
    link,
    whole: `${house.config.publicUrl}${link}`,
    qr: await QRCode.toDataURL(`${house.config.publicUrl}${link}`, { margin: 1, width: 360 }),
    dueAt: record.dueAt,
    wantsContact: record.reporter?.wantsContact ?? false,
    digits: record.reporter?.phone?.slice(-4),
  };
}
