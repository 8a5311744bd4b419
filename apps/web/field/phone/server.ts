import type { CaseRow } from "@linge/server/features/cases/queries.ts";
import type { Category } from "@linge/domain/category/category.ts";

/** What came back: an answer, a refusal in words, or no Linge at all at the other end. */
export type Reply<T> =
  | { kind: "ok"; body: T }
  | { kind: "refused"; code: string; message: string }
  | { kind: "signIn" }
  | { kind: "unreachable" };

export type Who = { id: string; name: string; login: string; grants: { role: string; area?: string }[] };
export type GridShape = {
  type: "Feature";
  properties: { code: string; zh: string; en: string; vessels?: number };
  geometry: { type: "MultiPolygon"; coordinates: [number, number][][][] } | null;
};

let csrf = "";
/** What a sign-in is refused with: words for whoever signs in, not a sign that a session is over. */
const ofSignIn = new Set([
  "wrongSignIn",
  "secondFactorNeeded",
  "newPasswordNeeded",
  "weakPassword",
  "passwordTriesOver",
]);

/**
 * Asks the server. A sign-in page of a hotel, a proxy's error or a timeout is not an answer: whatever is not our JSON
 * counts as out of reach, so that nothing is taken for accepted or refused by mistake.
 */
export async function ask<T>(method: string, path: string, body?: unknown, timeout = 20_000): Promise<Reply<T>> {
  const form = body instanceof FormData;
  const headers: Record<string, string> = { accept: "application/json", ...(csrf && { "x-linge-csrf": csrf }) };
  if (body !== undefined && !form) headers["content-type"] = "application/json";
  try {
    const response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? undefined : form ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(timeout),
      redirect: "error",
      cache: "no-store",
    });
    if (response.status === 204) return { kind: "ok", body: undefined as T };
    if (!response.headers.get("content-type")?.includes("json")) return { kind: "unreachable" };
    const answer = (await response.json()) as T & { error?: { code: string; message: string } };
    if (response.ok) return { kind: "ok", body: answer };
    const { code = "", message = "" } = answer.error ?? {};
    if (ofSignIn.has(code)) return { kind: "refused", code, message };
    if (response.status === 401 || code === "signInNeeded" || code === "forgedForm") return { kind: "signIn" };
    // Too many at once, or a server in trouble: it will be tried again.
    if (response.status === 429 || response.status >= 500 || !code) return { kind: "unreachable" };
    return { kind: "refused", code, message };
  } catch {
    return { kind: "unreachable" };
  }
}

/** Who this phone is signed in as, if the server still knows. */
export async function whoAmI(): Promise<Reply<Who>> {
  const reply = await ask<{ person?: Who; csrf?: string }>("GET", "/api/session");
  if (reply.kind !== "ok") return reply;
  csrf = reply.body.csrf ?? "";
  return reply.body.person ? { kind: "ok", body: reply.body.person } : { kind: "signIn" };
}

export async function signIn(login: string, password: string, totp: string, newPassword: string): Promise<Reply<Who>> {
  const words = { login, password, ...(totp && { totp }), ...(newPassword && { newPassword }) };
  const reply = await ask<{ csrf: string }>("POST", "/api/session", words);
  return reply.kind === "ok" ? whoAmI() : reply;
}

export const signOut = (): Promise<Reply<void>> => ask("DELETE", "/api/session");

const page = 200;
/** More than a worker can look at; who comes near it has too many grids. */
export const mostCases = 2_000;

/** Open cases of my grids, a page at a time so that the first can be used while the rest comes. */
export async function* pullCases(): AsyncGenerator<Reply<CaseRow[]>> {
  let cursor: string | undefined;
  for (let had = 0; had < mostCases; had += page) {
    const query = new URLSearchParams({ queue: "open", sort: "due", limit: String(page), ...(cursor && { cursor }) });
    const reply = await ask<{ items: CaseRow[]; next?: string }>("GET", `/api/cases?${query}`);
    if (reply.kind !== "ok") return yield reply;
    yield { kind: "ok", body: reply.body.items };
    cursor = reply.body.next;
    if (!cursor) return;
  }
}

export const pullCategories = (): Promise<Reply<{ categories: Category[] }>> => ask("GET", "/api/categories");
export const pullGrids = (within: string): Promise<Reply<{ features: GridShape[] }>> =>
  ask("GET", `/api/areas/geometry?level=grid&within=${within}`);

export async function sendPhoto(bytes: ArrayBuffer): Promise<Reply<{ id: string }>> {
  const form = new FormData();
  form.append("photo", new Blob([bytes], { type: "image/jpeg" }), "photo.jpg");
  return ask("POST", "/api/photos", form, 120_000);
}
export const sendReport = (body: object): Promise<Reply<{ number: string }>> => ask("POST", "/api/cases", body);
export const sendCommand = (caseId: string, body: object): Promise<Reply<unknown>> =>
  ask("POST", `/api/cases/${caseId}/commands`, body);
