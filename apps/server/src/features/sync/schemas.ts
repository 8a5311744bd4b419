import { refuse, type LingeError } from "@linge/domain/error/catalogue.ts";
import type { SyncCommand } from "@linge/sync/command/command.ts";
import Type, { type TSchema } from "typebox";
import type { App } from "../../platform/http/app.ts";
import { CommandBody, ReportBody } from "../cases/schemas.ts";

const Id = Type.String({ format: "uuid" });
const Time = Type.String({ format: "date-time" });
const Protocol = Type.Object({
  major: Type.Integer({ minimum: 0, maximum: 1_000 }),
  minor: Type.Integer({ minimum: 0, maximum: 100_000 }),
});
const Sequence = Type.Integer({ minimum: 1, maximum: 2_000_000_000 });

// Unknown fields of the envelope are let through: a newer phone may say more than this release understands.
const Command = Type.Object({
  id: Id,
  kind: Type.String({ minLength: 1, maxLength: 40 }),
  recordId: Id,
  type: Type.String({ minLength: 1, maxLength: 40 }),
  data: Type.Record(Type.String(), Type.Unknown()),
  version: Type.Object({ base: Type.Integer({ minimum: 0 }), branch: Id, sequence: Sequence }),
  at: Time,
  replaces: Type.Optional(Id),
});

/** Body of `POST /api/sync/push`. The data of each command is looked at on its own: one that is wrong stops no other. */
export const PushBody = Type.Object({
  protocol: Protocol,
  branch: Id,
  sentAt: Time,
  commands: Type.Array(Command, { maxItems: 200 }),
});

/** Body of `POST /api/sync/pull`. */
export const PullBody = Type.Object({
  protocol: Protocol,
  cursor: Type.String({ maxLength: 4_000 }),
  limit: Type.Integer({ minimum: 1, maximum: 1_000 }),
  answered: Type.Record(Id, Type.Integer({ minimum: 0 })),
});

/** Body of `POST /api/sync/photos`. */
export const UploadBody = Type.Object({
  id: Id,
  caseId: Type.Optional(Id),
  medium: Type.Optional(Type.Union([Type.Literal("photo"), Type.Literal("recording")])),
  bytes: Type.Integer({ minimum: 1 }),
  sha256: Type.String({ pattern: "^[0-9a-f]{64}$" }),
});

/** What is wrong with the data of a command, if anything. */
export type CheckCommand = (command: SyncCommand) => LingeError | undefined;

type Validator = {
  (value: unknown): boolean;
  errors?: { instancePath: string; message?: string; params?: { additionalProperty?: string } }[] | null;
};

/** Checks a command's data by the schema that the same command has at the desk. */
export function commandCheck(app: App): CheckCommand {
  const compile = (schema: TSchema): Validator =>
    app.validatorCompiler!({ schema, method: "POST", url: "/api/sync/push", httpPart: "body" }) as Validator;
  const [report, following] = [compile(ReportBody), compile(CommandBody)];
  return ({ id, recordId, type, data }) => {
    const validate = type === "report" ? report : following;
    if (validate(type === "report" ? { ...data, id, caseId: recordId } : { ...data, type, id })) return undefined;
    const [first] = validate.errors ?? [];
    const path = [first?.instancePath.slice(1).replaceAll("/", "."), first?.params?.additionalProperty];
    return refuse("invalidInput", { field: path.filter(Boolean).join(".") || "body", problem: first?.message ?? "" });
  };
}
