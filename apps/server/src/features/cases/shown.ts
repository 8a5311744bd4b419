import Type from "typebox";

const Text = Type.String();
const Degrees = Type.Optional(Type.Number());

/** A name in both languages. */
export const NameShown = Type.Object({ zh: Text, en: Text });

/** A line of a list of cases, as it leaves the server: whatever else a row should ever hold stays behind. */
export const CaseRowShown = Type.Object({
  id: Text,
  number: Text,
  state: Text,
  kind: Text,
  categoryId: Text,
  text: Text,
  areaCode: Text,
  areaName: NameShown,
  place: Type.Optional(Type.Object({ lon: Degrees, lat: Degrees, name: Type.Optional(Text) })),
  reportedAt: Text,
  dueAt: Text,
  light: Text,
  leadUnit: Type.Optional(Type.Object({ id: Text, zh: Text, en: Text })),
  marks: Type.Array(Text),
  synthetic: Type.Boolean(),
  version: Type.Integer(),
});

/** A page of such lines. */
export const CasePageShown = Type.Object({ items: Type.Array(CaseRowShown), next: Type.Optional(Text) });

/** What a report is answered with. */
export const ReportedShown = Type.Object({
  id: Text,
  caseId: Text,
  number: Text,
  version: Type.Integer(),
  dueAt: Text,
  link: Text,
});

export const QueuesShown = Type.Object({ queues: Type.Array(Type.Object({ key: Text, count: Type.Integer() })) });
