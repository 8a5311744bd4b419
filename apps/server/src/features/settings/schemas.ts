import type { DocumentKind } from "@linge/domain/settings/documents.ts";
import Type, { type TSchema } from "typebox";

const Word = Type.String({ minLength: 1, maxLength: 200, format: "text" });
const Amount = Type.Object(
  {
    amount: Type.Integer({ minimum: 1, maximum: 400 }),
    unit: Type.Union([Type.Literal("workingDay"), Type.Literal("workingHour"), Type.Literal("hour")]),
  },
  { additionalProperties: false },
);
const Choice = Type.Object({ id: Word, zh: Word, en: Word }, { additionalProperties: false });
const Question = Type.Object(
  {
    id: Word,
    zh: Word,
    en: Word,
    kind: Type.Union([Type.Literal("text"), Type.Literal("number"), Type.Literal("choice"), Type.Literal("yesNo")]),
    required: Type.Boolean(),
    choices: Type.Optional(Type.Array(Choice, { maxItems: 30 })),
  },
  { additionalProperties: false },
);

const Family = Type.Object({ id: Word, zh: Word, en: Word }, { additionalProperties: false });
const Target = Type.Object(
  { area: Type.String({ pattern: "^\\d{4,18}$" }), lead: Word, assist: Type.Array(Word, { maxItems: 8 }) },
  { additionalProperties: false },
);

const Category = Type.Object(
  {
    id: Type.String({ pattern: "^[A-Za-z]+\\.[A-Za-z]+$" }),
    version: Type.Integer({ minimum: 1 }),
    zh: Word,
    en: Word,
    questions: Type.Array(Question, { maxItems: 12 }),
    promise: Amount,
    contactWithin: Amount,
    visibility: Type.Union([Type.Literal("public"), Type.Literal("parties"), Type.Literal("confidential")]),
    leadKind: Word,
    assistKinds: Type.Array(Word, { maxItems: 8 }),
    perArea: Type.Optional(Type.Array(Target, { maxItems: 100 })),
    calendarId: Type.Optional(Word),
    retired: Type.Optional(Type.Boolean()),
    mapsTo: Type.Object({ open311: Word, hotline: Type.Optional(Word) }, { additionalProperties: false }),
  },
  { additionalProperties: false },
);

const Unit = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 80, format: "text" }),
    zh: Word,
    en: Word,
    kind: Word,
    areaCode: Type.String({ pattern: "^\\d{12}(\\d{3}){0,2}$" }),
    phone: Type.Optional(Type.String({ maxLength: 30, format: "text" })),
    retired: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

const RoutingRule = Type.Object(
  {
    id: Word,
    when: Type.Object(
      {
        categoryIds: Type.Optional(Type.Array(Word, { maxItems: 100 })),
        areaPrefix: Type.Optional(Type.String({ pattern: "^\\d{4,18}$" })),
        kinds: Type.Optional(
          Type.Array(
            Type.Union(["inquiry", "help", "complaint", "report", "suggestion"].map((kind) => Type.Literal(kind))),
            { maxItems: 5 },
          ),
        ),
        words: Type.Optional(Type.Array(Word, { maxItems: 100 })),
      },
      { additionalProperties: false },
    ),
    lead: Word,
    assist: Type.Array(Word, { maxItems: 8 }),
    note: Type.String({ maxLength: 500, format: "text" }),
  },
  { additionalProperties: false },
);

const Span = Type.Array(Type.String({ pattern: "^\\d\\d:\\d\\d$" }), { minItems: 2, maxItems: 2 });
const Calendar = Type.Object(
  {
    id: Word,
    version: Type.Integer({ minimum: 1 }),
    offsetMinutes: Type.Integer({ minimum: -840, maximum: 840 }),
    hours: Type.Record(Type.String({ pattern: "^[0-6]$" }), Type.Array(Span, { maxItems: 4 })),
    holidays: Type.Array(Type.String({ format: "date" }), { maxItems: 1000 }),
    workdays: Type.Array(Type.String({ format: "date" }), { maxItems: 1000 }),
  },
  { additionalProperties: false },
);

const Template = Type.Object(
  {
    id: Word,
    zh: Word,
    en: Word,
    text: Type.String({ minLength: 1, maxLength: 2000, format: "text" }),
    for: Type.Optional(Type.Array(Word, { maxItems: 40 })),
  },
  { additionalProperties: false },
);

/** Shape of a row of each document. */
export const rowSchemas: Record<DocumentKind, TSchema> = {
  families: Family,
  categories: Category,
  units: Unit,
  routingRules: RoutingRule,
  calendars: Calendar,
  templates: Template,
};
