import { useTexts } from "../language.tsx";
import { alarmsEn, alarmsZh } from "./texts/alarms.ts";
import { budgetEn, budgetZh } from "./texts/budget.ts";
import { comparisonEn, comparisonZh } from "./texts/comparison.ts";
import { issuesEn, issuesZh } from "./texts/issues.ts";
import { replayEn, replayZh } from "./texts/replay.ts";
import { reportsEn, reportsZh } from "./texts/reports.ts";

const zh = {
  title: "预警与研判",
  tabs: { alarms: "预警", comparison: "比较", issues: "每月一题", reports: "周报月报", budget: "预算", replay: "回放" },
  wait: "正在取…",
  alarms: alarmsZh,
  budget: budgetZh,
  comparison: comparisonZh,
  issues: issuesZh,
  replay: replayZh,
  reports: reportsZh,
};
export type InsightTexts = typeof zh;

const en: InsightTexts = {
  title: "Early warning",
  tabs: {
    alarms: "Alarms",
    comparison: "Compare",
    issues: "Problem of the month",
    reports: "Reports",
    budget: "Budget",
    replay: "Replay",
  },
  wait: "Loading…",
  alarms: alarmsEn,
  budget: budgetEn,
  comparison: comparisonEn,
  issues: issuesEn,
  replay: replayEn,
  reports: reportsEn,
};

const texts = { zh, en };

/** Words of this room in the reader's language. */
export function useInsightTexts(): { t: InsightTexts; language: "zh" | "en" } {
  const { language } = useTexts();
  return { t: texts[language], language };
}
