import { refuse } from "@linge/domain/error/catalogue.ts";
import { falseAMonth } from "@linge/domain/insight/record.ts";
import { judgeHistory } from "@linge/domain/insight/history.ts";
import type { ScanOptions } from "@linge/domain/insight/options.ts";
import type { Actor } from "@linge/domain/access/scope.ts";
import type { App } from "../../platform/http/app.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import type { House } from "../../platform/house.ts";
import { runOnce, type Sent } from "./command.ts";
import { readers, setters } from "./access.ts";
import type { ReplaySummary } from "./concludeReplay.ts";
import { dayName, lastWholeDay } from "./day.ts";
import { currentDocument, saveDocument, type InsightDocuments, type InsightKind } from "./documents.ts";
import { alarmRecord } from "./episodes.ts";
import { newestScan, scanById } from "./scans.ts";
import { Budget, OptionsCommand } from "./schemas.ts";
import { firstDay } from "./streams.ts";

const judgedDays = 182;

/** Saves the next version of a document, once for each command. */
export async function saveOnce<K extends InsightKind>(
  house: House,
  actor: Actor,
  command: Sent,
  kind: K,
  document: InsightDocuments[K],
): Promise<void> {
  await runOnce(house, actor, { ...command, document } as Sent, kind, async (tx) => {
    await saveDocument(tx, house.cityId, kind, document, actor.id);
    return { saved: kind };
  });
}

/** What each budget would have brought over the city's own past; nothing until it was replayed. */
async function effects(house: House) {
  const newest = await newestScan(house, "replay", true);
  const scan = newest && (await scanById(house, newest.id));
  if (!scan) return undefined;
  const { budgets } = scan.summary as ReplaySummary;
  return {
    from: dayName(scan.firstDay),
    to: dayName(scan.lastDay),
    looks: scan.looks,
    budgets: budgets.map(({ judgement }) => judgement),
  };
}

/** The alarm budget with what it would do, and how places are scanned. */
export function budgetRoutes(app: App, house: House): void {
  app.get("/api/insight/budget", { config: { access: readers } }, async () => {
    const today = lastWholeDay(house.clock());
    const since = await firstDay(house);
    const days = since === undefined ? 0 : Math.max(0, today - since + 1);
    const [budget, options, replayed, record] = await Promise.all([
      currentDocument(house, "alarmBudget"),
      currentDocument(house, "scanOptions"),
      effects(house),
      alarmRecord(house, dayName(today - judgedDays)),
    ]);
    const judged = record.real + record.false + record.known;
    return {
      perMonth: budget.perMonth,
      options,
      replayed,
      record,
      reallyFalse: judged > 0 ? falseAMonth(record.false, Math.min(days, judgedDays)) : undefined,
      history: judgeHistory(days),
    };
  });

  app.put("/api/insight/budget", { config: { access: setters }, schema: { body: Budget } }, async (request) => {
    const { id, perMonth } = request.body;
    await saveOnce(house, request.actor, { id, type: "setAlarmBudget" }, "alarmBudget", { perMonth });
    return { budget: (await currentDocument(house, "alarmBudget")).perMonth };
  });

  app.put(
    "/api/insight/options",
    { config: { access: setters }, schema: { body: OptionsCommand } },
    async (request) => {
      const { id, options } = request.body;
      const unknown = options.bridges.flat().find((code) => !house.territory.area(code));
      if (unknown) throw new Refusal(refuse("unknownArea", { area: unknown }));
      await saveOnce(house, request.actor, { id, type: "setScanOptions" }, "scanOptions", options as ScanOptions);
      return { options: await currentDocument(house, "scanOptions") };
    },
  );
}
