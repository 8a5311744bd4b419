import type { Actor } from "@linge/domain/access/scope.ts";
import type { CaseCommand, ReportCommand } from "@linge/domain/case/command.ts";
import { decideCase } from "@linge/domain/case/decide.ts";
import type { CaseRecord } from "@linge/domain/case/record.ts";
import { route } from "@linge/domain/routing/route.ts";
import type { House } from "../../platform/house.ts";
import { changeOf, contextOf } from "../cases/commands.ts";
import type { Change } from "../cases/store.ts";
import { pick, seededId, type Random } from "./random.ts";
import type { DemoReport } from "./reports.ts";
import { hour } from "./rhythm.ts";

const answers = [
  "已到现场处理好，谢谢您提醒。",
  "换了新的，已经正常。",
  "联系了相关人员，今天恢复。",
  "已清理干净，会多来看看。",
  "情况核实过，已经解决。",
];
const system: Actor = { id: "demo", kind: "system", grants: [] };

const unitActor = (unitId: string): Actor => ({
  id: `demo:${unitId}`,
  kind: "staff",
  grants: [{ role: "unitHandler", unitId }],
});

/** What the rules look at. */
export type Deciding = Pick<House, "settings" | "territory">;

type Words = Record<string, unknown> & { type: CaseCommand["type"] };
/** A step; some need to see the case as it is by then. */
type Plan = [hours: number, actor: Actor, command: Words | ((record: CaseRecord) => Words)];

/** What usually becomes of a case: who does what, after how many hours on average. */
function planOf(random: Random, house: Deciding, report: DemoReport): Plan[] {
  const { categoryId, grid, kind, text } = report;
  const category = house.settings.category(categoryId)!;
  if (random() < 0.02)
    return [[3, system, { type: "redirect", channel: "110", reason: "这件事由公安受理，已告诉您怎么联系。" }]];
  const { lead, assist } = route(house.settings.current("routingRules").document, house.territory.units(), category, {
    categoryId,
    areaCode: grid.code,
    kind,
    text,
  });
  if (!lead) return [[1, system, { type: "file" }]];
  const unit = unitActor(lead);
  const resolved = random() < 0.88;
  const satisfaction = resolved ? 3 + Math.floor(random() * 3) : 1 + Math.floor(random() * 2);
  const respond: Plan = [30, unit, { type: "respond", answer: pick(random, answers) }];
  const rework: Plan[] =
    random() < 0.05 ? [[8, system, { type: "check", passed: false, note: "还没有修好，请再去一次" }], respond] : [];
  const extension: Plan[] =
    random() < 0.06
      ? [
          [
            6,
            unit,
            {
              type: "requestExtension",
              until: new Date(report.at + 14 * 24 * hour).toISOString(),
              reason: "配件要从宁波运来",
            },
          ],
          [
            5,
            system,
            ({ orders }) => ({
              type: "decideExtension",
              orderId: orders.find((order) => order.extension)!.id,
              granted: true,
              reason: "配件确实要等",
            }),
          ],
        ]
      : [];
  const reopened: Plan[] =
    random() < 0.6
      ? [
          [6, system, { type: "decideReopening", granted: true, reason: "居民说得对，请再去一次" }],
          respond,
          [8, system, { type: "check", passed: true, note: "这次好了" }],
          [20, system, { type: "followUp", resolved: true, satisfaction: 3 }],
        ]
      : [[6, system, { type: "decideReopening", granted: false, reason: "这件事超出了规定能做的，已向居民说明" }]];
  const followUps: Plan[] = [[20, system, { type: "followUp", resolved, satisfaction }], ...(resolved ? [] : reopened)];
  const helpers = random() < 0.3 ? assist : [];
  const help = helpers.flatMap((id): Plan[] => {
    const helper = unitActor(id);
    return [
      [3, helper, { type: "accept" }],
      [10, helper, { type: "respond", answer: "已协助主办单位处理。" }],
    ];
  });
  return [
    [1, system, { type: "file" }],
    [2, system, { type: "dispatch", lead, assist: helpers }],
    ...(category.visibility === "public" ? [[0.2, system, { type: "publish", text }] as Plan] : []),
    [6, unit, { type: "accept" }],
    [8, unit, { type: "contact", note: "已电话联系" }],
    ...extension,
    ...help,
    respond,
    ...rework,
    [10, system, { type: "check", passed: true, note: "已看过现场" }],
    ...(random() < 0.7 ? followUps : []),
  ];
}

/**
 * The life of one case until now, decided by the same rules as a real one, command by command at the times of a seeded
 * clock. A step that the rules refuse ends it there.
 */
export function lifeOf(random: Random, house: Deciding, report: DemoReport, now: number): Change[] {
  const changes: Change[] = [];
  let record: CaseRecord | null = null;
  const give = (actor: Actor, command: CaseCommand, at: number): boolean => {
    const decided = decideCase(record, command, contextOf({ ...house, clock: () => at }, actor));
    if (!decided.ok) return false;
    record = decided.record;
    changes.push(changeOf(command, actor, decided));
    return true;
  };
  const caseId = seededId(random);
  const first: ReportCommand = {
    id: seededId(random),
    caseId,
    type: "report",
    kind: report.kind,
    categoryId: report.categoryId,
    text: report.text,
    place: report.place,
    areaCode: report.grid.code,
    gridId: report.grid.id,
    channel: "demo",
    synthetic: true,
  };
  give(system, first, report.at);
  let { at } = report;
  for (const [hours, actor, command] of planOf(random, house, report)) {
    at += hours * hour * (0.3 - 1.4 * Math.log(1 - random() * 0.95));
    const words = typeof command === "function" ? command(record!) : command;
    if (at > now || !give(actor, { id: seededId(random), caseId, ...words } as CaseCommand, at)) break;
  }
  return changes;
}
