import type { CaseState } from "@linge/domain/case/state.ts";

/** What open pages are told of a change: enough to know whether it concerns them, nothing about anyone. */
export type CaseSignal = {
  type: "case";
  id: string;
  version: number;
  state: CaseState;
  areaCode: string;
  unitIds: string[];
};
