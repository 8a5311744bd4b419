/**
 * How far a route reaches, for whoever may call it:
 * - `everybody`: the same for all, nothing of a person in it
 * - `link`: whoever holds the secret in the address or in the form
 * - `own`: what belongs to whoever asks: his session, his credentials, his cases
 * - `key`: whoever holds a key for machines
 * - `city`: all of it, for the roles that the route names; the reason is stated
 * - `area`: what lies in the area or unit of the caller's grants, and nothing else; proven by a probe or by a test of its own
 */
export type Reach = "everybody" | "link" | "own" | "key" | "city" | "area";
/** Pattern of `METHOD /url` (`*` stands for anything, the longest pattern counts), its reach, and reason or proof. */
export type Row = [pattern: string, reach: Reach, because?: string];

export const reaches: Row[] = [
  ["GET /healthz", "everybody"],
  ["GET /readyz", "everybody"],
  ["GET /openapi.json", "everybody"],
  ["GET /assets/:file", "everybody"],
  ["GET /desk*", "everybody"],
  ["GET /field*", "everybody"],
  ["GET /", "everybody"],
  ["GET /about", "everybody"],
  ["GET /figures", "everybody"],
  ["GET /figures/:month", "everybody"],
  ["GET /cases*", "everybody"],
  ["GET /report*", "everybody"],
  ["POST /report/*", "everybody"],
  ["GET /privacy", "everybody"],
  ["GET /open-data*", "everybody"],
  ["GET /plans*", "everybody"],
  ["POST /plans/:id/comments", "everybody"],
  ["GET /ogc*", "everybody"],
  ["GET /find", "everybody"],
  ["POST /find", "link", "a number and the last digits of a telephone"],
  ["* /f/:token*", "link"],
  ["GET /me*", "own"],
  ["POST /me/*", "own"],
  ["GET /ledger/*", "everybody"],
  ["GET /open311/*", "key"],
  ["POST /open311/*", "key"],
  ["GET /api/public/*", "everybody"],
  ["GET /api/suggest", "everybody"],
  ["GET /api/areas*", "everybody"],
  ["GET /api/locate", "everybody"],
  ["GET /api/categories", "everybody"],
  ["GET /tiles/cases/*", "everybody"],
  ["GET /tiles/areas/*", "everybody"],
  ["POST /api/cases", "everybody"],
  ["POST /api/photos", "everybody"],
  ["GET /photos/:id", "area", "tests/behaviours/portal/following.test.ts"],
  ["GET /auth/oidc/*", "own"],
  ["* /api/session*", "own"],
  ["POST /api/resident-*", "own"],
  ["* /api/credentials*", "own"],
  ["GET /api/units", "city", "names of units, no more"],
  ["GET /api/templates", "city", "prepared answers, no case"],
  ["* /api/insight/*", "city", "counts of places; chance is judged over the whole city at once"],
  ["* /api/privacy/*", "city", "those who watch over data watch over all of the city's; each step is on record"],
  ["GET /api/ledger/openings", "city", "an auditor opens what figures are made of, without anybody's words"],
  ["* /api/admin/*", "city", "documents of the city; no case in them"],
  ["* /api/admin/people*", "area", "tests/behaviours/people/people.test.ts"],
  ["* /api/views", "own"],
  ["GET /api/overview", "area", "tests/behaviours/desk/views.test.ts"],
  ["GET /api/events", "area", "tests/behaviours/access/everyRoute.test.ts"],
  ["GET /api/queues", "area"],
  ["GET /api/cases", "area"],
  ["GET /api/cases/:id", "area"],
  ["POST /api/cases/:id/commands", "area"],
  ["POST /api/cases/:id/reporter", "area"],
  ["POST /api/cases/bulk", "area"],
  ["GET /tiles/work/*", "area"],
  ["* /api/planning/*", "area", "tests/behaviours/planning/plan.test.ts"],
  ["GET /api/planning/today", "area"],
  ["* /api/sync/*", "area", "tests/behaviours/sync/pull.test.ts"],
  ["* /api/visits*", "area", "tests/behaviours/visits/visits.test.ts"],
  ["GET /recordings/:id", "area", "tests/behaviours/recordings/recordings.test.ts"],
  ["* /api/phones*", "own", "the operator sees all, to empty a lost one"],
  [
    "GET /api/phones/:id/standing",
    "link",
    "a phone that was signed out has no session; its id is known to nobody else",
  ],
  ["POST /api/phones/:id/left", "link", "the same"],
];

function fits(pattern: string, route: string): boolean {
  const source = pattern.replace(/[.?+^$()[\]{}|\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${source}$`).test(route);
}

/** The row that a route falls under: the most particular one. */
export function rowOf(route: string): Row | undefined {
  return reaches
    .filter(([pattern]) => fits(pattern, route))
    .sort(([a], [b]) => b.replaceAll("*", "").length - a.replaceAll("*", "").length)[0];
}
