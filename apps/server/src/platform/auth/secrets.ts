import { argon2, createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify(argon2) as (algorithm: "argon2id", parameters: object) => Promise<Buffer>;
// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
const cost = { memory: 19456, passes: 2, parallelism: 1, tagLength: 32 };

/** Hash of a password, with its salt and cost, for keeping. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await derive("argon2id", { message: Buffer.from(password.normalize("NFKC")), nonce, ...cost });
  return `argon2id$${cost.memory}$${cost.passes}$${nonce.toString("base64url")}$${tag.toString("base64url")}`;
}

/** Whether the password is the one that was hashed; false for no hash at all, in the same time. */
export async function passwordFits(password: string, kept: string | null): Promise<boolean> {
  const [, memory, passes, nonce, tag] = (
    kept ?? `argon2id$${cost.memory}$${cost.passes}$AAAAAAAAAAAAAAAAAAAAAA$`
  ).split("$");
  const message = Buffer.from(password.normalize("NFKC"));
  const parameters = {
    message,
    nonce: Buffer.from(nonce!, "base64url"),
    ...cost,
    memory: Number(memory),
    passes: Number(passes),
  };
  const found = await derive("argon2id", parameters);
  const wanted = Buffer.from(tag!, "base64url");
  return wanted.length === found.length && timingSafeEqual(found, wanted);
}

/** A secret for a cookie or a link (256 bits), and what is kept of it. */
export function newToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString("base64url");
  return { token, hash: hashToken(token) };
}

/** What the database keeps of a token: it can recognise the token and not make it. */
export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
