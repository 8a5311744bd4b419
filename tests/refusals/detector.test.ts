import { describe, expect, it } from "vitest";
import { breaches, refusals, theFiveKinds, type Column, type Property, type Refusal, type Surface } from "./detect.ts";
import { holds, wordsOf } from "./words.ts";

const harmless: Surface = {
  columns: [],
  properties: [],
  routes: [],
  taxonomy: [{ id: "care.elderly", zh: "独居老人", en: "Elderly people living alone" }],
  caseKinds: theFiveKinds,
  commands: [{ type: "check", roles: ["gridWorker"] }],
};
const column = (name: string, type = "text", hasDefault = false): Column => {
  const [table, own] = name.split(".") as [string, string];
  return { table, column: own, type, hasDefault };
};
const columns = (...names: string[]): Surface => ({
  ...harmless,
  columns: names.map((name) => column(...(name.split(" ") as [string, string?]))),
});
const fields = (where: string, ...names: string[]): Surface => ({
  ...harmless,
  properties: names.map((name): Property => ({ where, name, hasDefault: false })),
});
const route = (url: string, access: string | string[] = "staff", method = "POST"): Surface => ({
  ...harmless,
  routes: [{ method, url, access }],
});
const category = (id: string, zh: string, en: string): Surface => ({ ...harmless, taxonomy: [{ id, zh, en }] });

const planted: [Refusal, string, Surface][] = [
  ["labelsOfPersons", "a table of key persons", columns("key_persons.id")],
  ["labelsOfPersons", "a column for belief", columns("residents.religious_belief")],
  ["labelsOfPersons", "a field for ethnicity", fields("POST /api/cases", "ethnicity")],
  ["labelsOfPersons", "an address of a watchlist", route("/api/watchlist")],
  ["labelsOfPersons", "a label on residents", columns("households.resident_tags")],
  ["labelsOfPersons", "a category of petitioners", category("care.petitioners", "上访人员", "Petitioners")],
  ["labelsOfPersons", "a question after a criminal record", category("record", "有没有前科？", "Any past offences?")],
  ["scoresOfPersons", "a risk of a resident", columns("residents.id", "residents.risk_level")],
  ["scoresOfPersons", "a credit score elsewhere", columns("profiles.resident_id", "profiles.credit_score")],
  ["scoresOfPersons", "a reliability of reporters in an answer", fields("GET /api/cases/{id}", "reporterReliability")],
  ["scoresOfPersons", "a score under a resident's address", fields("GET /api/residents/{id}", "score")],
  ["reportsAboutPersons", "a field for the accused", fields("POST /api/cases", "accused")],
  ["reportsAboutPersons", "a sixth kind of case", { ...harmless, caseKinds: [...theFiveKinds, "denunciation"] }],
  ["reportsAboutPersons", "a reward for informants", columns("informant_rewards.amount")],
  [
    "trailsOfLocation",
    "points of a worker",
    columns("worker_points.worker_id", "worker_points.at", "worker_points.point point"),
  ],
  ["trailsOfLocation", "where residents were", columns("visits_log.resident_id", "visits_log.lon", "visits_log.lat")],
  ["trailsOfLocation", "a phone's position", columns("phones.owner", "phones.location point")],
  ["trailsOfLocation", "an address for trails", route("/api/workers/:id/trail", "staff", "GET")],
  ["leaderboards", "a leaderboard", route("/api/leaderboard", "staff", "GET")],
  ["leaderboards", "a rank in an answer", fields("GET /api/workers", "rank")],
  ["timeOnline", "minutes online", columns("people.online_minutes integer")],
  ["timeOnline", "attendance", columns("attendance.person_id")],
  ["timeOnline", "a check-in", route("/api/check-in")],
  ["quotas", "a quota of reports", columns("grids_plan.monthly_quota")],
  ["quotas", "required visits", fields("PUT /api/admin/grids", "requiredVisits")],
  ["warningsAboutPersons", "a resident in an episode", columns("episodes.resident_id")],
  ["warningsAboutPersons", "a person in an alarm's answer", fields("GET /api/insight/episodes", "personName")],
  [
    "silenceAsSatisfaction",
    "a rating that is there by itself",
    { ...harmless, columns: [column("ratings.resolved", "boolean", true)] },
  ],
  [
    "silenceAsSatisfaction",
    "a satisfaction filled in",
    { ...harmless, properties: [{ where: "POST /api/cases/{id}/commands", name: "satisfaction", hasDefault: true }] },
  ],
  ["countsAgainstReporters", "how often somebody reported", columns("residents.report_count")],
  ["countsAgainstReporters", "a frequent caller", fields("GET /api/residents/{id}", "frequentCaller")],
  [
    "powerOfGridStaff",
    "a seal by a grid worker",
    { ...harmless, commands: [{ type: "sealDoor", roles: ["gridWorker"] }] },
  ],
  [
    "powerOfGridStaff",
    "a measure signed by a grid leader",
    route("/api/measures/:id/sign", ["emergencyAuthority", "gridLeader"]),
  ],
];

describe("the detector", () => {
  it.each(planted)("%s: finds %s", (refusal, _what, surface) => {
    expect(breaches(surface).map((breach) => breach.refusal)).toContain(refusal);
  });

  it("knows every refusal", () => {
    expect(new Set(planted.map(([refusal]) => refusal))).toEqual(new Set(refusals));
  });

  it.each<[string, Surface]>([
    ["a house without any", harmless],
    ["a case with a place", columns("cases.resident_id", "cases.location point")],
    ["a delivery with a place", columns("stops.volunteer_id", "stops.delivery_id", "stops.lon")],
    ["who decided an episode", columns("episodes.decided_by")],
    ["the score of a unit", columns("unit_scores.unit_id", "unit_scores.score numeric")],
    ["a count of a day", { ...harmless, columns: [column("case_days.resolved", "integer", true)] }],
    ["a measure signed by the authority", route("/api/measures/:id/sign", ["emergencyAuthority"])],
    ["last use of a session", columns("sessions.resident_id", "sessions.seen_at")],
    ["chronic illness as something to ask help for", category("health.chronic", "慢病", "Chronic conditions")],
  ])("lets be %s", (_what, surface) => {
    expect(breaches(surface)).toEqual([]);
  });

  it("reads names however they are written", () => {
    for (const name of ["residentRiskScores", "resident_risk_score", "/resident-risk/score"])
      expect(wordsOf(name)).toEqual(["resident", "risk", "score"]);
    expect(holds("priskly", ["risk"])).toBe(false);
    expect(holds("keyOfPerson", [["key", "person"]])).toBe(true);
    expect(holds("keyGrid", [["key", "person"]])).toBe(false);
  });
});
