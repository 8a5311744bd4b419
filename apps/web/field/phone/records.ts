import { promiseLight, type Light } from "@linge/domain/case/light.ts";
import type { CaseRecord } from "@linge/domain/case/record.ts";
import { visitState, type VisitState, type VisitValues } from "@linge/domain/visit/visit.ts";
import type { WorkingCalendar } from "@linge/domain/calendar/workingTime.ts";
import type { Entry } from "@linge/sync/outbox/entry.ts";
import { valuesOf, type FieldDocument } from "@linge/sync/merge/document.ts";
import type { Row } from "@linge/sync/pull/page.ts";

/** A case as the server sent it. */
export type CaseOnPhone = CaseRecord & { marks: string[]; areaName: { zh: string; en: string } };

/** A visit as it stands, with this worker's own unconfirmed entries laid over it. */
export type VisitOnPhone = {
  id: string;
  areaCode: string;
  areaName?: { zh: string; en: string };
  state: VisitState;
  values: VisitValues;
  document: FieldDocument;
  names: Record<string, string>;
};

type VisitValue = Pick<VisitOnPhone, "areaCode" | "areaName" | "document" | "names">;
const emptyVisit = (areaCode: string): VisitValue => ({ areaCode, document: { version: 0, fields: {} }, names: {} });

function visitOf(id: string, { areaCode, areaName, document, names }: VisitValue, own: readonly Entry[]): VisitOnPhone {
  const mine = own.map(({ command }) => command.data.fields as VisitValues);
  const values: VisitValues = Object.assign({}, valuesOf(document), ...mine);
  return { id, areaCode, areaName, document, names, values, state: visitState(values) };
}

/** What a phone has of cases and visits, in the order of urgency; visits begun here and not yet sent among them. */
export function readRecords(
  rows: readonly Row[],
  entries: readonly Entry[],
): { cases: CaseOnPhone[]; visits: VisitOnPhone[] } {
  const urgent = rows.toSorted((a, b) => a.rank - b.rank);
  const cases = urgent.filter(({ kind }) => kind === "case").map(({ value }) => value as unknown as CaseOnPhone);
  const own = new Map<string, Entry[]>();
  for (const entry of entries)
    if (entry.command.kind === "visit" && entry.state !== "notAccepted") {
      const { recordId } = entry.command;
      own.set(recordId, [...(own.get(recordId) ?? []), entry]);
    }
  const visits = urgent
    .filter(({ kind }) => kind === "visit")
    .map(({ id, value }) => visitOf(id, value as unknown as VisitValue, own.get(id) ?? []));
  const known = new Set(visits.map(({ id }) => id));
  for (const [id, mine] of own) {
    const areaCode = mine[0]!.command.data.areaCode;
    if (!known.has(id) && typeof areaCode === "string") visits.push(visitOf(id, emptyVisit(areaCode), mine));
  }
  return { cases, visits };
}

/** The promise light now, by the phone's clock set right by what it differs from the server's. */
export const lightOf = (record: CaseOnPhone, calendar: WorkingCalendar): Light =>
  promiseLight(record, Date.now(), calendar);
