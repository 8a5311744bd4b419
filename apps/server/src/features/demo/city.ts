import type { Actor } from "@linge/domain/access/scope.ts";
import type { FollowingCommand, ReportCommand } from "@linge/domain/case/command.ts";
import { seedPhrases } from "@linge/domain/category/phrases.ts";
import type { Area } from "@linge/domain/territory/types.ts";
import type { House } from "../../platform/house.ts";
import { reportCase, runCaseCommand } from "../cases/commands.ts";
import { areaOf } from "../cases/place.ts";
import { drainOutbox } from "../outbox/drain.ts";
import { pick, seeded, seededId, type Random } from "./random.ts";

/** How many cases the sizes have, over how many days. */
export const sizes = {
  S: { cases: 160, days: 28 },
  M: { cases: 4_000, days: 180 },
  L: { cases: 40_000, days: 365 },
} as const;
export type DemoSize = keyof typeof sizes;

const day = 86_400_000;
const hour = 3_600_000;
/** Sunday to Saturday: fewer reports at the weekend. */
const week = [0.6, 1.15, 1.1, 1.05, 1.05, 1.1, 0.8];
const answers = [
  "已到现场处理好，谢谢您提醒。",
  "换了新的，已经正常。",
  "联系了相关人员，今天恢复。",
  "已清理干净，会多来看看。",
  "情况核实过，已经解决。",
];
const spoken = seedPhrases.filter((phrase) => /\p{Script=Han}{4,}/u.test(phrase.text));

type Story = { random: Random; house: House; at(time: number): House };

const system: Actor = { id: "demo", kind: "system", grants: [] };

/** A point in a township, by drawing in its box until one falls on land. */
function pointIn(random: Random, area: Area): { lon: number; lat: number } | undefined {
  const ring = area.geometry?.coordinates[0]?.[0];
  if (!ring) return undefined;
  const [lons, lats] = [ring.map(([lon]) => lon), ring.map(([, lat]) => lat)];
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
  return { lon: west + random() * (east - west), lat: south + random() * (north - south) };
}

/** When in the period somebody reports: by weekday and, within the day, mostly in the morning and after work. */
function timeOfReport(random: Random, now: number, days: number): number {
  for (;;) {
    const at = now - random() * days * day;
    const local = new Date(at + 8 * hour);
    const rhythm = week[local.getUTCDay()]! * (local.getUTCHours() < 6 ? 0.1 : 1);
    if (random() * 1.2 < rhythm) return at;
  }
}

async function report(story: Story, at: number): Promise<{ caseId: string; categoryId: string }> {
  const { random, house } = story;
  const phrase = pick(random, spoken);
  const townships = house.territory.all().filter((area) => area.level === "township" && area.geometry);
  const township = pick(random, townships);
  const point = pointIn(random, township);
  const found = point && house.territory.locate(point.lon, point.lat);
  const place = found ? { ...point, name: township.names.zh } : { name: township.names.zh };
  const command: ReportCommand = {
    id: seededId(random),
    caseId: seededId(random),
    type: "report",
    kind: random() < 0.7 ? "help" : "complaint",
    categoryId: phrase.id,
    text: `${township.names.zh}：${phrase.text}`,
    place,
    ...areaOf(house, place, township.code),
    channel: "demo",
    synthetic: true,
  };
  await reportCase(story.at(at), system, command);
  return { caseId: command.caseId, categoryId: phrase.id };
}

/** What happens to a case after it is reported, step by step until now. */
async function live(story: Story, caseId: string, categoryId: string, reportedAt: number, now: number): Promise<void> {
  const { random, house } = story;
  const category = house.settings.category(categoryId)!;
  const areaCode = (
    await house.db
      .selectFrom("cases")
      .select("area_code")
      .where("city_id", "=", house.cityId)
      .where("id", "=", caseId)
      .executeTakeFirstOrThrow()
  ).area_code;
  const lead = house.territory
    .units()
    .find((unit) => unit.kind === category.leadKind && areaCode.startsWith(unit.areaCode.slice(0, 6)));
  if (!lead) return;
  const resolved = random() < 0.88;
  const unit: Actor = { id: `demo:${lead.id}`, kind: "staff", grants: [{ role: "unitHandler", unitId: lead.id }] };
  const steps: [hours: number, actor: Actor, command: Record<string, unknown>][] = [
    [1, system, { type: "file" }],
    [2, system, { type: "dispatch", lead: lead.id, assist: [] }],
    ...(category.visibility === "public"
      ? [
          [0.2, system, { type: "publish", text: await textOf(house, caseId) }] as [
            number,
            Actor,
            Record<string, unknown>,
          ],
        ]
      : []),
    [6, unit, { type: "accept" }],
    [8, unit, { type: "contact", note: "已电话联系" }],
    [30, unit, { type: "respond", answer: pick(random, answers) }],
    [10, system, { type: "check", passed: true, note: "已看过现场" }],
    ...(random() < 0.7
      ? [
          [
            20,
            system,
            {
              type: "followUp",
              resolved,
              satisfaction: resolved ? 3 + Math.floor(random() * 3) : 1 + Math.floor(random() * 2),
            },
          ] as [number, Actor, Record<string, unknown>],
        ]
      : []),
  ];
  let at = reportedAt;
  for (const [hours, actor, command] of steps) {
    at += hours * hour * (0.3 - 1.4 * Math.log(1 - random() * 0.95));
    if (at > now) return;
    await runCaseCommand(story.at(at), actor, { id: seededId(random), caseId, ...command } as FollowingCommand);
  }
}

async function textOf(house: House, caseId: string): Promise<string> {
  const row = await house.db
    .selectFrom("cases")
    .select("record")
    .where("city_id", "=", house.cityId)
    .where("id", "=", caseId)
    .executeTakeFirstOrThrow();
  return row.record.text as string;
}

/**
 * Lets the demo city live until now: residents, units and desks who give the same commands as real ones, at the times
 * of a seeded clock. Every case says that it is synthetic. Done once; a second call does nothing.
 */
export async function liveDemoCity(
  house: House,
  size: DemoSize,
  progress: (line: string) => void,
  seed = 20201,
): Promise<void> {
  const lived = await house.db
    .selectFrom("settings")
    .select("kind")
    .where("city_id", "=", house.cityId)
    .where("kind", "=", "demoLived")
    .executeTakeFirst();
  if (lived) return;
  const random = seeded(seed);
  const { cases, days } = sizes[size];
  const now = house.clock();
  const story: Story = { random, house, at: (time) => ({ ...house, clock: () => time }) };
  const times = Array.from({ length: cases }, () => timeOfReport(random, now, days)).sort((a, b) => a - b);
  let told = Date.now();
  for (const [i, at] of times.entries()) {
    const { caseId, categoryId } = await report(story, at);
    await live(story, caseId, categoryId, at, now);
    if (Date.now() - told < 1000) continue;
    told = Date.now();
    progress(`the demo city comes to life: ${i + 1} of ${cases} cases`);
  }
  while (await drainOutbox(house)) continue;
  await house.db
    .insertInto("settings")
    .values({ city_id: house.cityId, kind: "demoLived", version: 1, document: JSON.stringify({ size, seed }) })
    .execute();
}
