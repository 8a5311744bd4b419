import type { IssueState } from "./recurringIssue.ts";

type Labels = Record<IssueState, string>;

const zh: Labels = {
  proposed: "已交办，待定方案",
  planned: "方案已定",
  underway: "正在办",
  checking: "请人核查",
  settled: "已办成",
  dropped: "不再跟进",
};
const en: Labels = {
  proposed: "assigned, no plan yet",
  planned: "planned",
  underway: "under way",
  checking: "being checked",
  settled: "settled",
  dropped: "dropped",
};

/** States of a problem of the month, as a page says them. */
export const issueLabels: Record<"zh" | "en", Labels> = { zh, en };
