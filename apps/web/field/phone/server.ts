import type { Basics } from "@linge/server/features/sync/basics.ts";
import type { SummaryLine } from "@linge/server/features/sync/summary.ts";
import type { UploadStatus } from "@linge/sync/photo/upload.ts";
import { readResponse, type Heard, type Transport, type Trouble } from "@linge/sync/protocol/message.ts";
import type { Protocol } from "@linge/sync/protocol/protocol.ts";

export type Who = { id: string; name: string; login: string; grants: { role: string; area?: string }[] };
export type Reply<T> =
  | { kind: "ok"; body: T }
  | { kind: "refused"; code: string; message: string }
  | { kind: "trouble"; trouble: Trouble };

let csrf = "";
/** What a sign-in is refused with: words for whoever signs in, not a sign that a session is over. */
const ofSignIn = new Set([
  "wrongSignIn",
  "secondFactorNeeded",
  "newPasswordNeeded",
  "weakPassword",
  "passwordTriesOver",
]);

type Raw = { status: number; body: unknown };

/** Asks the server; nothing when nobody answered in time. What is not JSON is no answer of ours. */
async function fetched(method: string, path: string, body?: BodyInit, type?: string): Promise<Raw | undefined> {
  const headers: Record<string, string> = { accept: "application/json", ...(csrf && { "x-linge-csrf": csrf }) };
  if (type) headers["content-type"] = type;
  try {
    const signal = AbortSignal.timeout(60_000);
    const response = await fetch(path, { method, headers, body, signal, redirect: "error", cache: "no-store" });
    if (response.status === 204) return { status: 204, body: undefined };
    const json = response.headers.get("content-type")?.includes("json");
    return { status: response.status, body: json ? await response.json() : undefined };
  } catch {
    return undefined;
  }
}

const json = (value: unknown): [string, string] => [JSON.stringify(value), "application/json"];

/** An answer of the server's ordinary pages: never taken for one unless it has the shape of ours. */
async function ask<T>(method: string, path: string, value?: unknown): Promise<Reply<T>> {
  const raw = await (value === undefined ? fetched(method, path) : fetched(method, path, ...json(value)));
  if (!raw) return { kind: "trouble", trouble: "offline" };
  if (raw.status === 204) return { kind: "ok", body: undefined as T };
  const body = raw.body as (T & { error?: { code: string; message: string } }) | undefined;
  if (raw.status < 300 && body !== undefined) return { kind: "ok", body };
  const heard = readResponse<never>(raw.status < 300 ? 302 : raw.status, raw.body);
  const trouble = heard.ok ? "notLinge" : heard.trouble;
  const { code = "", message = "" } = body?.error ?? {};
  if (code && (trouble === "refused" || ofSignIn.has(code))) return { kind: "refused", code, message };
  return { kind: "trouble", trouble };
}

/** Who this phone is signed in as, if the server still knows. */
export async function whoAmI(): Promise<Reply<Who>> {
  const reply = await ask<{ person?: Who; csrf?: string; city?: unknown }>("GET", "/api/session");
  if (reply.kind !== "ok") return reply;
  if (reply.body.city === undefined) return { kind: "trouble", trouble: "notLinge" };
  csrf = reply.body.csrf ?? "";
  return reply.body.person ? { kind: "ok", body: reply.body.person } : { kind: "trouble", trouble: "signInNeeded" };
}

export async function signIn(login: string, password: string, totp: string, newPassword: string): Promise<Reply<Who>> {
  const words = { login, password, ...(totp && { totp }), ...(newPassword && { newPassword }) };
  const reply = await ask<{ csrf?: string }>("POST", "/api/session", words);
  if (reply.kind !== "ok") return reply;
  return reply.body.csrf ? whoAmI() : { kind: "trouble", trouble: "notLinge" };
}

export const signOut = (): Promise<Reply<void>> => ask("DELETE", "/api/session");

async function post<T extends { protocol: Protocol }>(path: string, value: unknown): Promise<Heard<T>> {
  const raw = await fetched("POST", path, ...json(value));
  return raw ? readResponse<T>(raw.status, raw.body) : { ok: false, trouble: "offline" };
}

/** The way of commands and records; what it does not bring over waits on the phone. */
export const transport: Transport = {
  push: (request) => post("/api/sync/push", request),
  pull: (request) => post("/api/sync/pull", request),
};

export const fetchBasics = async (): Promise<Heard<Basics & { protocol: Protocol }>> => {
  const raw = await fetched("GET", "/api/sync/basics");
  return raw ? readResponse(raw.status, raw.body) : { ok: false, trouble: "offline" };
};

export type Summary = { parts: SummaryLine[]; time: string };
export const fetchSummary = (): Promise<Reply<Summary>> => ask("GET", "/api/sync/summary");

/** An answer about an upload, or the code of its refusal, or why nobody answered. */
export type UploadAnswer = UploadStatus | { refused: string } | { trouble: Trouble };

function uploadAnswer(raw: Raw | undefined): UploadAnswer {
  if (!raw) return { trouble: "offline" };
  const heard = readResponse<UploadStatus & { protocol: Protocol }>(raw.status, raw.body);
  if (heard.ok) return heard.body;
  const code = (raw.body as { error?: { code?: string } } | undefined)?.error?.code;
  return heard.trouble === "refused" && code ? { refused: code } : { trouble: heard.trouble };
}

export const announceUpload = async (file: {
  id: string;
  caseId: string;
  medium: "photo" | "recording";
  bytes: number;
  sha256: string;
}): Promise<UploadAnswer> => uploadAnswer(await fetched("POST", "/api/sync/photos", ...json(file)));

export const sendChunk = async (id: string, offset: number, bytes: ArrayBuffer): Promise<UploadAnswer> =>
  uploadAnswer(
    await fetched("POST", `/api/sync/photos/${id}/chunks?offset=${offset}`, bytes, "application/octet-stream"),
  );

/** Whether this phone was signed out from afar; asked without a session. */
export async function asksToLeave(phoneId: string): Promise<boolean> {
  const raw = await fetched("GET", `/api/phones/${phoneId}/standing`);
  const body = raw?.body as { linge?: string; leave?: boolean } | undefined;
  return raw?.status === 200 && body?.linge === "standing" && body.leave === true;
}

export const sayLeft = (phoneId: string): Promise<unknown> =>
  fetched("POST", `/api/phones/${phoneId}/left`, ...json({}));

export const sayHere = (phoneId: string, name: string): Promise<unknown> =>
  fetched("PUT", `/api/phones/${phoneId}`, ...json({ name: name.slice(0, 120) }));
