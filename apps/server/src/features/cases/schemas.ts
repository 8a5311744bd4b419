import Type, { type TSchema } from "typebox";

const Id = Type.String({ format: "uuid" });
const Text = (maxLength: number, minLength = 1): TSchema => Type.String({ minLength, maxLength, format: "text" });
const Time = Type.String({ format: "date-time" });
const Recordings = Type.Optional(Type.Array(Id, { maxItems: 3 }));
const Photos = Type.Optional(Type.Array(Id, { maxItems: 6 }));
const OrderId = Type.Optional(Id);
const UnitId = Type.String({ minLength: 1, maxLength: 80 });
const CategoryId = Type.String({ pattern: "^[A-Za-z]+\\.[A-Za-z]+$", maxLength: 60 });
const Satisfaction = Type.Integer({ minimum: 1, maximum: 5 });
const reason = { reason: Text(1000) };

export const Place = Type.Object(
  {
    lon: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
    lat: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
    name: Type.Optional(Text(200)),
    unknown: Type.Optional(Type.Literal(true)),
  },
  { additionalProperties: false },
);

const Reporter = Type.Object(
  {
    name: Type.Optional(Text(60)),
    phone: Type.Optional(Type.String({ pattern: "^[+\\d][\\d -]{4,19}$" })),
    wantsContact: Type.Boolean(),
    reach: Type.Optional(Type.Union([Type.Literal("message"), Type.Literal("call"), Type.Literal("letter")])),
    address: Type.Optional(Text(200)),
    consent: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

/** Body of `POST /api/cases`. */
export const ReportBody = Type.Object(
  {
    id: Id,
    caseId: Id,
    at: Type.Optional(Time),
    kind: Type.Union(["inquiry", "help", "complaint", "report", "suggestion"].map((kind) => Type.Literal(kind))),
    categoryId: CategoryId,
    text: Text(4000, 2),
    place: Place,
    areaCode: Type.Optional(Type.String({ pattern: "^\\d{12}(\\d{3}){0,2}$" })),
    reporter: Type.Optional(Reporter),
    answers: Type.Optional(
      Type.Record(
        Type.String({ maxLength: 40 }),
        Type.Union([Type.String({ maxLength: 500 }), Type.Number(), Type.Boolean()]),
      ),
    ),
    photos: Photos,
    recordings: Recordings,
  },
  { additionalProperties: false },
);

const commands: Record<string, Record<string, TSchema>> = {
  requestVerification: { note: Type.Optional(Text(1000, 0)) },
  verify: { confirmed: Type.Boolean(), note: Text(1000), photos: Photos, recordings: Recordings },
  file: { categoryId: Type.Optional(CategoryId) },
  decline: { ...reason, channel: Text(200) },
  redirect: { ...reason, channel: Text(200) },
  dispatch: { lead: UnitId, assist: Type.Array(UnitId, { maxItems: 8 }) },
  addAssist: { unitId: UnitId, note: Text(1000) },
  accept: { orderId: OrderId },
  contact: { orderId: OrderId, note: Text(1000) },
  startHandling: { orderId: OrderId },
  respond: { orderId: OrderId, answer: Text(4000), photos: Photos },
  object: { orderId: OrderId, ...reason },
  decideObjection: { orderId: Id, upheld: Type.Boolean(), ...reason },
  requestExtension: { orderId: OrderId, until: Time, ...reason },
  requestSuspension: { orderId: OrderId, until: Time, ...reason },
  decideExtension: { orderId: Id, granted: Type.Boolean(), ...reason },
  decideSuspension: { orderId: Id, granted: Type.Boolean(), ...reason },
  resume: { orderId: OrderId, note: Type.Optional(Text(1000, 0)) },
  requestCheck: { note: Type.Optional(Text(1000, 0)) },
  check: { passed: Type.Boolean(), note: Text(1000) },
  inform: {
    how: Type.Union([Type.Literal("call"), Type.Literal("letter"), Type.Literal("visit")]),
    note: Text(1000),
  },
  confirmResolved: {},
  rate: { resolved: Type.Boolean(), satisfaction: Satisfaction, comment: Type.Optional(Text(1000, 0)), photos: Photos },
  followUp: { resolved: Type.Boolean(), satisfaction: Satisfaction, comment: Type.Optional(Text(1000, 0)) },
  requestReopening: { ...reason, photos: Photos },
  decideReopening: { granted: Type.Boolean(), ...reason },
  archive: {},
  correctCategory: { categoryId: CategoryId, ...reason },
  correctPlace: {
    place: Place,
    areaCode: Type.Optional(Type.String({ pattern: "^\\d{12}(\\d{3}){0,2}$" })),
    ...reason,
  },
  addInformation: { text: Text(4000), photos: Photos, recordings: Recordings },
  addInternalNote: { text: Text(4000) },
  withdraw: reason,
  void: reason,
  mergeInto: { parentId: Id, ...reason },
  unmerge: reason,
  split: { newCaseId: Id, text: Text(4000, 2), categoryId: CategoryId, ...reason },
  whistleCall: { units: Type.Array(UnitId, { minItems: 1, maxItems: 8 }), meetAt: Time, place: Text(200), ...reason },
  answerWhistleCall: { callId: Id, coming: Type.Boolean(), note: Text(1000, 0) },
  publish: { text: Text(4000), photos: Photos },
  unpublish: reason,
  removeIdentity: reason,
  undo: {},
};

/** Body of `POST /api/cases/:id/commands`: one shape for each command, told apart by `type`. */
export const CommandBody = Type.Unsafe<{ id: string; type: string; at?: string } & Record<string, unknown>>({
  type: "object",
  required: ["type"],
  discriminator: { propertyName: "type" },
  oneOf: Object.entries(commands).map(([type, fields]) =>
    Type.Object(
      { type: Type.Literal(type), id: Id, at: Type.Optional(Time), ...fields },
      { additionalProperties: false },
    ),
  ),
});
