/** Roles of the house; domain.md says what each may and may not do. */
export const roles = [
  "resident",
  "gridWorker",
  "gridLeader",
  "gridAdvisor",
  "volunteer",
  "socialOrg",
  "intakeClerk",
  "filingOfficer",
  "dispatcher",
  "unitHandler",
  "checker",
  "evaluator",
  "emergencyAuthority",
  "privacyOfficer",
  "auditor",
  "cityAdmin",
] as const;

export type Role = (typeof roles)[number];

/** Roles whose holders look after grids: they collect, verify and help, and decide nothing about residents. */
export const gridRoles: readonly Role[] = ["gridWorker", "gridLeader", "gridAdvisor"];
