import { holds, wordsOf } from "./words.ts";

export type Column = { table: string; column: string; type: string; hasDefault: boolean };
export type Property = { where: string; name: string; hasDefault: boolean };
export type Named = { id: string; zh: string; en: string };
export type RouteOf = { method: string; url: string; access: string | readonly string[] };
export type CommandOf = { type: string; roles: readonly string[] };

/** What the house says of itself: tables, the API with every field, the taxonomy, and who may give which command. */
export type Surface = {
  columns: readonly Column[];
  properties: readonly Property[];
  routes: readonly RouteOf[];
  taxonomy: readonly Named[];
  caseKinds: readonly string[];
  commands: readonly CommandOf[];
};

/** Something that the mission refuses: which refusal, where it was found. */
export type Breach = { refusal: Refusal; where: string };

export const refusals = [
  "labelsOfPersons",
  "scoresOfPersons",
  "reportsAboutPersons",
  "trailsOfLocation",
  "leaderboards",
  "timeOnline",
  "quotas",
  "warningsAboutPersons",
  "silenceAsSatisfaction",
  "countsAgainstReporters",
  "powerOfGridStaff",
] as const;
export type Refusal = (typeof refusals)[number];

const labels = [
  "petitioner",
  "blacklist",
  "watchlist",
  "greylist",
  "suspect",
  "offender",
  "offence",
  "offense",
  "criminal",
  "convict",
  "parolee",
  "religion",
  "religious",
  "belief",
  "faith",
  "sect",
  "ethnic",
  "ethnicity",
  "political",
  "ideology",
  "illness",
  "disease",
  "diagnosis",
  "psychiatric",
  "addict",
  "troublemaker",
  ["key", "person"],
  ["key", "people"],
  ["special", "person"],
  ["special", "people"],
  ["special", "population"],
  ["focus", "person"],
  ["person", "label"],
  ["resident", "label"],
  ["resident", "tag"],
  ["person", "tag"],
] as const;
const labelsZh =
  /上访|信访人|重点人|特殊人群|吸毒|刑满|矫正|邪教|宗教|信仰|民族|精神病人|维稳|可疑|嫌疑|黑名单|思想动态|政治|前科/u;

const scores = [
  "score",
  "risk",
  "credit",
  "reputation",
  "trust",
  "trustworthiness",
  "reliability",
  "grade",
  "danger",
  "loyalty",
  "stability",
  "merit",
  "demerit",
];
const persons = ["resident", "person", "people", "reporter", "household", "citizen", "tenant", "petitioner", "caller"];
const staffWords = ["worker", "volunteer", "staff", "member", "handler"];

const aboutPersons = [
  "accused",
  "defendant",
  "informant",
  "denounce",
  "denunciation",
  "snitch",
  "bounty",
  ["reported", "person"],
  ["about", "person"],
  ["about", "resident"],
  ["target", "person"],
  ["suspicious", "person"],
  ["suspicious", "activity"],
  ["tip", "off"],
  ["report", "reward"],
] as const;

const trails = [
  "trail",
  "trajectory",
  "geofence",
  "whereabouts",
  "gps",
  "beacon",
  "footprint",
  ["location", "history"],
  ["location", "log"],
  ["live", "location"],
  ["position", "log"],
  ["track", "point"],
] as const;
const places = [
  "lon",
  "lat",
  "longitude",
  "latitude",
  "location",
  "position",
  "coordinate",
  "geom",
  "geometry",
  "point",
];
/** A location belongs to a case, a place or a delivery. */
const belongsTo = [
  "case",
  "order",
  "delivery",
  "need",
  "measure",
  "plan",
  "area",
  "grid",
  "activity",
  "shelter",
  "stop",
  "route",
];

const boards = [
  "leaderboard",
  "ranking",
  "rank",
  "league",
  "podium",
  ["top", "worker"],
  ["best", "worker"],
  ["worst", "unit"],
] as const;
const online = [
  "attendance",
  "punctuality",
  "idle",
  "clockin",
  ["clock", "in"],
  ["check", "in"],
  ["sign", "in", "location"],
  ["online", "time"],
  ["online", "minute"],
  ["online", "hour"],
  ["online", "second"],
  ["online", "duration"],
  ["time", "online"],
  ["active", "minute"],
  ["screen", "time"],
  ["hours", "online"],
] as const;
const quotas = [
  "quota",
  "kpi",
  ["target", "count"],
  ["target", "number"],
  ["report", "target"],
  ["visit", "target"],
  ["minimum", "report"],
  ["minimum", "visit"],
  ["required", "report"],
  ["required", "visit"],
] as const;
const warnings = ["episode", "alarm", "alert", "insight", "scan", "anomaly", "forecast", "prediction"];
const verdicts = ["satisfaction", "satisfied", "resolved", "rating"];
const counting = [
  ["report", "count"],
  ["complaint", "count"],
  ["request", "count"],
  ["case", "count"],
  ["times", "reported"],
  ["repeat", "caller"],
  ["frequent", "reporter"],
  ["frequent", "caller"],
  ["vexatious"],
  ["complaint", "frequency"],
  ["report", "frequency"],
] as const;
const powers = [
  "restrict",
  "restriction",
  "penalise",
  "penalize",
  "penalty",
  "punish",
  "fine",
  "seal",
  "detain",
  "quarantine",
  "ban",
  "evict",
  "confiscate",
  "lockdown",
  "blockade",
];
const gridStaff = ["gridWorker", "gridLeader", "gridAdvisor", "volunteer"];
export const theFiveKinds = ["complaint", "help", "inquiry", "report", "suggestion"];

const isDoer = (column: string): boolean => column.endsWith("_by");
const aboutSomebody = (name: string): boolean => holds(name, persons) || holds(name, staffWords);

function tablesOf(columns: readonly Column[]): Map<string, Column[]> {
  return Map.groupBy(columns, ({ table }) => table) as Map<string, Column[]>;
}

/** Names of tables, columns, fields and addresses, as what they are called by. */
function namesOf({ columns, properties, routes }: Surface): string[] {
  return [
    ...new Set([
      ...columns.map(({ table }) => `table ${table}`),
      ...columns.map(({ table, column }) => `column ${table}.${column}`),
      ...properties.map(({ where, name }) => `field ${where} ${name}`),
      ...routes.map(({ method, url }) => `address ${method} ${url}`),
    ]),
  ];
}

/** The last word of a place where a name stands: the column, the field, the address. */
const own = (where: string): string => {
  const last = where.split(" ").at(-1)!;
  return where.startsWith("column") ? last.split(".").at(-1)! : last;
};

function named(surface: Surface, refusal: Refusal, forbidden: readonly (string | readonly string[])[]): Breach[] {
  return namesOf(surface)
    .filter((where) => holds(own(where), forbidden))
    .map((where) => ({ refusal, where }));
}

function labelsOfPersons(surface: Surface): Breach[] {
  const inTaxonomy = surface.taxonomy
    .filter(({ id, zh, en }) => labelsZh.test(zh) || holds(id, labels) || holds(en, labels))
    .map(({ id }) => ({ refusal: "labelsOfPersons" as const, where: `taxonomy ${id}` }));
  return [...named(surface, "labelsOfPersons", labels), ...inTaxonomy];
}

function scoresOfPersons({ columns, properties }: Surface): Breach[] {
  const found: Breach[] = [];
  for (const [table, its] of tablesOf(columns)) {
    const ofPersons = holds(table, persons) || its.some(({ column }) => !isDoer(column) && holds(column, persons));
    for (const { column } of its)
      if (holds(column, scores) && (ofPersons || holds(column, persons)))
        found.push({ refusal: "scoresOfPersons", where: `column ${table}.${column}` });
  }
  for (const { where, name } of properties)
    if (holds(name, scores) && (holds(name, persons) || holds(where, persons)))
      found.push({ refusal: "scoresOfPersons", where: `field ${where} ${name}` });
  return found;
}

function reportsAboutPersons(surface: Surface): Breach[] {
  const kinds = surface.caseKinds
    .filter((kind) => !theFiveKinds.includes(kind))
    .map((kind) => ({ refusal: "reportsAboutPersons" as const, where: `kind ${kind}` }));
  return [...named(surface, "reportsAboutPersons", aboutPersons), ...kinds];
}

function trailsOfLocation(surface: Surface): Breach[] {
  const found = named(surface, "trailsOfLocation", trails);
  for (const [table, its] of tablesOf(surface.columns)) {
    const placed = its.filter(({ column, type }) => type === "point" || type === "box" || holds(column, places));
    const somebody =
      holds(table, persons) ||
      its.some(({ column }) => !isDoer(column) && (aboutSomebody(column) || wordsOf(column).includes("owner")));
    const ofAThing =
      holds(table, belongsTo) || its.some(({ column }) => holds(column, belongsTo) && column.endsWith("_id"));
    if (placed.length && somebody && !ofAThing)
      found.push({ refusal: "trailsOfLocation", where: `column ${table}.${placed[0]!.column}` });
  }
  return found;
}

function warningsAboutPersons({ columns, properties }: Surface): Breach[] {
  const found: Breach[] = [];
  for (const { table, column } of columns)
    if (holds(table, warnings) && !isDoer(column) && aboutSomebody(column))
      found.push({ refusal: "warningsAboutPersons", where: `column ${table}.${column}` });
  for (const { where, name } of properties)
    if (holds(where, warnings) && aboutSomebody(name))
      found.push({ refusal: "warningsAboutPersons", where: `field ${where} ${name}` });
  return found;
}

function silenceAsSatisfaction({ columns, properties }: Surface): Breach[] {
  return [
    ...columns
      .filter(
        ({ column, hasDefault, type }) => hasDefault && holds(column, verdicts) && !/^int|numeric|bigint/u.test(type),
      )
      .map(({ table, column }) => `column ${table}.${column}`),
    ...properties
      .filter(({ name, hasDefault }) => hasDefault && holds(name, verdicts))
      .map(({ where, name }) => `field ${where} ${name}`),
  ].map((where) => ({ refusal: "silenceAsSatisfaction" as const, where }));
}

function countsAgainstReporters({ columns, properties }: Surface): Breach[] {
  const found: Breach[] = [];
  for (const [table, its] of tablesOf(columns)) {
    const ofPersons = holds(table, persons) || its.some(({ column }) => !isDoer(column) && holds(column, persons));
    for (const { column } of its)
      if (ofPersons && holds(column, counting))
        found.push({ refusal: "countsAgainstReporters", where: `column ${table}.${column}` });
  }
  for (const { where, name } of properties)
    if (holds(name, counting) && holds(`${where} ${name}`, persons))
      found.push({ refusal: "countsAgainstReporters", where: `field ${where} ${name}` });
  return found;
}

function powerOfGridStaff({ commands, routes }: Surface): Breach[] {
  const given = commands.filter(
    ({ type, roles }) => holds(type, powers) && roles.some((role) => gridStaff.includes(role)),
  );
  const signed = routes.filter(
    ({ url, access, method }) =>
      method !== "GET" &&
      (holds(url, powers) || (holds(url, ["measure"]) && holds(url, ["sign", "approve", "activate", "issue"]))) &&
      (typeof access === "string" || access.some((role) => gridStaff.includes(role))),
  );
  return [
    ...given.map(({ type }) => `command ${type}`),
    ...signed.map(({ method, url }) => `address ${method} ${url}`),
  ].map((where) => ({ refusal: "powerOfGridStaff" as const, where }));
}

/** Everything in the house that the mission refuses (mission.md, "What it must never become"). */
export function breaches(surface: Surface): Breach[] {
  return [
    ...labelsOfPersons(surface),
    ...scoresOfPersons(surface),
    ...reportsAboutPersons(surface),
    ...trailsOfLocation(surface),
    ...named(surface, "leaderboards", boards),
    ...named(surface, "timeOnline", online),
    ...named(surface, "quotas", quotas),
    ...warningsAboutPersons(surface),
    ...silenceAsSatisfaction(surface),
    ...countsAgainstReporters(surface),
    ...powerOfGridStaff(surface),
  ];
}
