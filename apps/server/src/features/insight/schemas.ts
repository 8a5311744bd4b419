import { leastCases } from "@linge/domain/insight/options.ts";
import Type from "typebox";

export const closed = { additionalProperties: false } as const;
export const Id = Type.Object({ id: Type.String({ format: "uuid" }) });
export const Code = Type.String({ pattern: "^\\d{12}(\\d{3})?$" });
export const Day = Type.String({ format: "date" });
const CommandId = Type.String({ format: "uuid" });
const Unit = Type.String({ minLength: 1, maxLength: 80 });
const words = (maxLength: number) => Type.String({ minLength: 1, maxLength, format: "text" });

export const Decision = Type.Object(
  {
    id: CommandId,
    outcome: Type.Union([Type.Literal("real"), Type.Literal("false"), Type.Literal("known")]),
    note: words(1000),
    ownerUnit: Type.Optional(Unit),
  },
  closed,
);

export const Budget = Type.Object({ id: CommandId, perMonth: Type.Number({ minimum: 0.1, maximum: 100 }) }, closed);

export const Options = Type.Object(
  {
    maxShare: Type.Number({ minimum: 0.01, maximum: 0.5 }),
    maxRadiusKm: Type.Number({ minimum: 1, maximum: 500 }),
    minCases: Type.Integer({ minimum: leastCases, maximum: 100 }),
    longestDays: Type.Integer({ minimum: 1, maximum: 30 }),
    weekdays: Type.Boolean(),
    crossingKm: Type.Number({ minimum: 0, maximum: 200 }),
    bridges: Type.Array(Type.Array(Code, { minItems: 2, maxItems: 2 }), { maxItems: 200 }),
  },
  closed,
);
export const OptionsCommand = Type.Object({ id: CommandId, options: Options }, closed);

export const Schedule = Type.Object(
  {
    id: CommandId,
    schedule: Type.Object(
      {
        weekly: Type.Union([Type.Null(), Type.Object({ weekday: Type.Integer({ minimum: 1, maximum: 7 }) }, closed)]),
        monthly: Type.Union([Type.Null(), Type.Object({ day: Type.Integer({ minimum: 1, maximum: 28 }) }, closed)]),
      },
      closed,
    ),
  },
  closed,
);

export const Counted = Type.Object(
  {
    id: CommandId,
    residents: Type.Array(
      Type.Object(
        { areaCode: Code, residents: Type.Integer({ minimum: 0, maximum: 100_000_000 }), source: words(80) },
        closed,
      ),
      { maxItems: 5000 },
    ),
  },
  closed,
);

export const Period = Type.Object(
  { within: Type.Optional(Code), days: Type.Optional(Type.Integer({ minimum: 7, maximum: 92 })) },
  closed,
);

export const Replayed = Type.Object({ days: Type.Integer({ minimum: 7, maximum: 1096 }) }, closed);

export const NewIssue = Type.Object(
  {
    id: CommandId,
    title: words(80),
    streamId: Type.String({ pattern: "^[A-Za-z]+(\\.[A-Za-z]+)?$" }),
    areaCodes: Type.Array(Code, { minItems: 1, maxItems: 400 }),
    ownerUnit: Unit,
    dueOn: Day,
    why: words(1000),
    episodeId: Type.Optional(Type.String({ format: "uuid" })),
    published: Type.Boolean(),
  },
  closed,
);

const Responsibility = Type.Object({ unitId: Unit, what: words(300), dueOn: Day }, closed);
const is = <T extends string>(type: T) => ({ id: CommandId, type: Type.Literal(type) });
export const IssueStepBody = Type.Union([
  Type.Object(
    { ...is("planIssue"), plan: words(2000), responsibilities: Type.Array(Responsibility, { maxItems: 20 }) },
    closed,
  ),
  Type.Object({ ...is("reportProgress"), responsibilityId: Type.String({ format: "uuid" }), note: words(500) }, closed),
  Type.Object({ ...is("submitIssue"), note: words(500) }, closed),
  Type.Object({ ...is("checkIssue"), passed: Type.Boolean(), note: words(500) }, closed),
  Type.Object({ ...is("handOverIssue"), ownerUnit: Unit, reason: words(500) }, closed),
  Type.Object(is("publishIssue"), closed),
  Type.Object({ ...is("dropIssue"), reason: words(500) }, closed),
]);
