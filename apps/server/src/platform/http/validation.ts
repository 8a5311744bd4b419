import { Ajv, type ValidateFunction } from "ajv";
import type { FastifyInstance } from "fastify";

const shared = {
  allErrors: false,
  removeAdditional: false,
  useDefaults: true,
  allowUnionTypes: true,
  strict: false,
} as const;
// Bodies are taken as they are; words in an address are always text, so numbers are read out of them.
const strict = new Ajv({ ...shared, coerceTypes: false, discriminator: true });
const lenient = new Ajv({ ...shared, coerceTypes: "array" });

for (const ajv of [strict, lenient]) {
  ajv.addFormat("uuid", /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i);
  ajv.addFormat("date-time", (text: string) => !Number.isNaN(Date.parse(text)) && /^\d{4}-\d\d-\d\dT/.test(text));
  ajv.addFormat("date", /^\d{4}-\d\d-\d\d$/);
  // Line breaks and tabs are text; other control characters are not.
  ajv.addFormat("text", (text: string) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text));
}

/** A validator as strict as that of bodies, for rows that are judged one by one. */
export function compileStrict(schema: object): ValidateFunction {
  return strict.compile(schema);
}

/** Unknown fields and wrong types are refused, never dropped or guessed. */
export function useValidation(app: FastifyInstance): void {
  app.setValidatorCompiler(({ schema, httpPart }) =>
    (httpPart === "body" ? strict : lenient).compile(schema as object),
  );
}
