import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import Type, { type Static } from "typebox";
import { Compile } from "typebox/compile";

/** The documented configuration file `linge.config.json`; see docs/operations/configuration.md. */
const FileSchema = Type.Object(
  {
    city: Type.Object({
      code: Type.String({ pattern: "^\\d{12}$" }),
      zh: Type.String({ minLength: 1 }),
      en: Type.String({ minLength: 1 }),
    }),
    publicUrl: Type.String({ pattern: "^https?://" }),
    sessionDays: Type.Integer({ minimum: 1, maximum: 365 }),
    requestsPerMinute: Type.Integer({ minimum: 10, maximum: 1_000_000 }),
    photoMegabytes: Type.Integer({ minimum: 1, maximum: 50 }),
    databaseConnections: Type.Integer({ minimum: 2, maximum: 200 }),
    trustProxy: Type.Boolean(),
    witnesses: Type.Optional(
      Type.Array(
        Type.Object(
          {
            key: Type.String({ pattern: "^[^+\\s]+\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{44}$" }),
            url: Type.String({ pattern: "^https?://" }),
          },
          { additionalProperties: false },
        ),
        { maxItems: 16 },
      ),
    ),
    oidc: Type.Optional(
      Type.Object(
        {
          issuer: Type.String({ pattern: "^https?://" }),
          clientId: Type.String({ minLength: 1 }),
          clientSecret: Type.String({ minLength: 1 }),
          name: Type.String({ minLength: 1 }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
type FileConfig = Static<typeof FileSchema>;

export type Config = FileConfig & {
  port: number;
  host: string;
  dataFolder: string;
  databaseUrl?: string;
  demo: "off" | "S" | "M" | "L" | "XL";
};

/** A setting that cannot be used: its name and why. */
export class ConfigError extends Error {}

const defaults: FileConfig = {
  city: { code: "330900000000", zh: "舟山市", en: "Zhoushan" },
  publicUrl: "http://localhost:8080",
  sessionDays: 14,
  requestsPerMinute: 600,
  photoMegabytes: 10,
  databaseConnections: 10,
  trustProxy: false,
};

const checkFile = Compile(FileSchema);

function fromFile(path: string): FileConfig {
  if (!existsSync(path)) return defaults;
  let text: unknown;
  try {
    text = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new ConfigError(`${path} is not valid JSON: ${(error as Error).message}`);
  }
  const merged: unknown = { ...defaults, ...(text as object) };
  if (checkFile.Check(merged)) return merged;
  const [first] = checkFile.Errors(merged);
  throw new ConfigError(
    `${path}: ${first?.instancePath || "the file"} ${first?.message ?? "is not as the schema says"}`,
  );
}

function portOf(value: string | undefined): number {
  if (value === undefined || value === "") return 8080;
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new ConfigError(`PORT is "${value}"; it must be a whole number from 0 to 65535`);
}

function demoOf(value: string | undefined): Config["demo"] {
  const size = value ?? "S";
  if (size === "off" || size === "S" || size === "M" || size === "L" || size === "XL") return size;
  throw new ConfigError(`LINGE_DEMO is "${size}"; it must be off, S, M, L or XL`);
}

function databaseUrlOf(value: string | undefined): string | undefined {
  if (!value) return undefined;
  if (/^postgres(ql)?:\/\//.test(value)) return value;
  throw new ConfigError("DATABASE_URL must begin with postgres:// or postgresql://");
}

/** Reads the environment and the configuration file; throws ConfigError naming the setting that is wrong. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const dataFolder = resolve(environment.LINGE_DATA || "data/linge");
  const port = portOf(environment.PORT);
  const file = fromFile(environment.LINGE_CONFIG ?? join(dataFolder, "linge.config.json"));
  return {
    ...file,
    publicUrl: file === defaults ? `http://localhost:${port}` : file.publicUrl,
    port,
    host: environment.HOST || "127.0.0.1",
    dataFolder,
    databaseUrl: databaseUrlOf(environment.DATABASE_URL),
    demo: demoOf(environment.LINGE_DEMO),
  };
}
