import { dueReports, type DueReport, type ReportKind } from "@linge/domain/insight/schedule.ts";
import type { AlarmRecord } from "@linge/domain/insight/record.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { momentOf } from "../../platform/moment.ts";
import { newId } from "../../platform/ids.ts";
import type { JobKind, Task } from "../../platform/jobs/kind.ts";
import { countSeparateReports } from "../figures/separate.ts";
import { csvOf } from "./csv.ts";
import { dayAt, dayName } from "./day.ts";
import { currentDocument } from "./documents.ts";
import { alarmRecord, episodesBetween } from "./episodes.ts";
import { listIssues, type ShownIssue } from "./issues.ts";
import { areaName, streamName, type Name } from "./named.ts";
import { shown, type ShownEpisode } from "./shown.ts";
import { firstDay } from "./streams.ts";
import { summaryOf, type Cell, type Summary } from "./summary.ts";

/** A written summary of a week or a month: stays as it was written. */
export type ReportDocument = {
  summary: Summary;
  /** Names as they were then, by code or id. */
  names: Record<string, Name>;
  alarms: ShownEpisode[];
  record: AlarmRecord;
  issues: ShownIssue[];
};
export type ReportLine = { id: string; kind: ReportKind; first: string; last: string; madeAt: string };
export type Report = ReportLine & { document: ReportDocument };

const listed = 120;
const judgedDays = 182;

function namesOf(house: House, summary: Summary): Record<string, Name> {
  const named: Record<string, Name> = {};
  for (const { id } of [summary.total, ...summary.areas]) {
    const { zh, en } = areaName(house, id);
    named[id] = { zh, en };
  }
  for (const { id } of [...summary.families, ...summary.categories]) named[id] = streamName(house, id);
  return named;
}

async function write(
  house: House,
  { first, last }: Pick<DueReport, "first" | "last">,
): Promise<ReportDocument | undefined> {
  const since = await firstDay(house);
  if (since === undefined || since > first) return undefined;
  await countSeparateReports(house, dayName(first - (last - first + 1)), dayName(last));
  const summary = await summaryOf(house, house.config.city.code, first, last - first + 1, since);
  const alarms = await episodesBetween(house, dayName(first), dayName(last));
  return {
    summary,
    names: namesOf(house, summary),
    alarms: alarms.map((episode) => shown(house, episode)),
    record: await alarmRecord(house, dayName(last - judgedDays)),
    issues: (await listIssues(house)).filter(
      ({ state, month }) => state !== "dropped" && month >= dayName(first).slice(0, 7),
    ),
  };
}

/** Writes the report of one period; written once, whoever asks. */
export const reportJob: JobKind = {
  kind: "insightReport",
  line: "long",
  async work(house: House, task: Task) {
    const { kind, first, last } = task.payload as DueReport;
    const document = await write(house, { first, last });
    await task.finish(async (tx) => {
      if (!document) return;
      await tx
        .insertInto("insight_reports")
        .values({
          city_id: house.cityId,
          id: newId(),
          kind,
          first_day: dayName(first),
          last_day: dayName(last),
          made_at: momentOf(house),
          document: JSON.stringify(document),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    });
  },
};

/** Reports whose time has come, as jobs: their key is the period, so nothing is written twice. */
export async function reportsDue(house: House): Promise<{ kind: string; key: string; payload: object }[]> {
  const schedule = await currentDocument(house, "reportSchedule");
  return dueReports(schedule, dayAt(house.clock())).map((due) => ({
    kind: reportJob.kind,
    key: `${due.kind} ${dayName(due.first)}`,
    payload: due,
  }));
}

type Row = { id: string; kind: ReportKind; first_day: string; last_day: string; made_at: string };
const lineOf = ({ id, kind, first_day, last_day, made_at }: Row): ReportLine => ({
  id,
  kind,
  first: first_day,
  last: last_day,
  madeAt: made_at,
});

export async function listReports(house: House): Promise<ReportLine[]> {
  const found = await sql<Row>`
    select id, kind, first_day, last_day, made_at from insight_reports where city_id = ${house.cityId}
    order by id desc limit ${listed}`.execute(house.db);
  return found.rows.map(lineOf);
}

export async function reportById(house: House, id: string): Promise<Report | undefined> {
  const found = await sql<Row & { document: ReportDocument }>`
    select * from insight_reports where city_id = ${house.cityId} and id = ${id}`.execute(house.db);
  const row = found.rows[0];
  return row && { ...lineOf(row), document: row.document };
}

const head = [
  "kind",
  "id",
  "zh",
  "en",
  "now",
  "before",
  "ratio",
  "low",
  "high",
  "season_ratio",
  "per_1000",
  "per_1000_low",
  "per_1000_high",
];

function rowOf(kind: string, { id, last, season, rate }: Cell, names: Record<string, Name>): unknown[] {
  const per = rate?.kind === "rate" ? [rate.perThousand, ...rate.interval] : [undefined, undefined, undefined];
  const digits = (value: number | undefined): string | undefined => value?.toFixed(3);
  const numbers = [last.ratio, last.interval?.[0], last.interval?.[1], season?.ratio, ...per].map(digits);
  return [kind, id, names[id]?.zh, names[id]?.en, last.now, last.before, ...numbers];
}

/** The tables of a summary for a spreadsheet: areas, families, categories. Places and counts, nothing else. */
export function summaryCsv(house: House, summary: Summary, names = namesOf(house, summary)): string {
  return csvOf(head, [
    rowOf("total", summary.total, names),
    ...summary.areas.map((cell) => rowOf("area", cell, names)),
    ...summary.families.map((cell) => rowOf("family", cell, names)),
    ...summary.categories.map((cell) => rowOf("category", cell, names)),
  ]);
}
