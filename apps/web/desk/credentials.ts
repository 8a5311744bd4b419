import { useContext } from "react";
import { accountTexts, type AccountTexts } from "./accountTexts.ts";
import { call } from "./api.ts";
import { LanguageContext } from "./language.tsx";

export type Credentials = {
  password: boolean;
  totp: boolean;
  passkeys: { id: string; createdAt: string }[];
  identity?: { name: string; linked: boolean };
};
export type OpenSession = { id: string; device: string; seenAt: string; current: boolean };
export type ClientKey = { id: string; holder: string; createdAt: string; endedAt?: string };
type Options = Record<string, unknown>;

/** What the pages of one's own account ask the server for. */
export const account = {
  credentials: () => call<Credentials>("GET", "/api/credentials"),
  startTotp: (password: string) =>
    call<{ ticket: string; secret: string; qr: string }>("POST", "/api/credentials/totp/start", { password }),
  finishTotp: (ticket: string, code: string) =>
    call<{ enrolled: boolean; ticket?: string }>("POST", "/api/credentials/totp", { ticket, code }),
  endTotp: (code: string) => call<void>("POST", "/api/credentials/totp/end", { code }),
  removePasskey: (id: string) => call<void>("DELETE", `/api/credentials/passkeys/${encodeURIComponent(id)}`),
  link: (password: string) => call<{ url: string }>("POST", "/api/credentials/identity", { password }),
  unlink: () => call<void>("DELETE", "/api/credentials/identity"),
  sessions: () => call<{ sessions: OpenSession[] }>("GET", "/api/sessions"),
  endSession: (id: string) => call<void>("DELETE", `/api/sessions/${id}`),
  changePassword: (password: string, next: string) =>
    call<void>("POST", "/api/credentials/password", { ...(password && { password }), next }),
  keys: () => call<{ keys: ClientKey[] }>("GET", "/api/admin/open311-keys"),
  giveKey: (holder: string) => call<{ id: string; key: string }>("POST", "/api/admin/open311-keys", { holder }),
  stopKey: (id: string) => call<void>("DELETE", `/api/admin/open311-keys/${id}`),
};

/** Loaded when somebody uses a passkey, not with the desk. */
const browser = () => import("@simplewebauthn/browser");

/** Makes a passkey on this device and keeps it with the account. */
export async function addPasskey(password: string): Promise<void> {
  const { ticket, options } = await call<{ ticket: string; options: Options }>(
    "POST",
    "/api/credentials/passkeys/start",
    { password },
  );
  const { startRegistration } = await browser();
  const made = await startRegistration({ optionsJSON: options as never });
  const { clientDataJSON, attestationObject, transports } = made.response;
  const response = { ...credential(made), response: { clientDataJSON, attestationObject, transports } };
  await call("POST", "/api/credentials/passkeys", { ticket, response });
}

/** Signs in with any passkey that this device has for the site. */
export async function signInWithPasskey(): Promise<void> {
  const { ticket, options } = await call<{ ticket: string; options: Options }>("POST", "/api/session/passkey/start");
  const { startAuthentication } = await browser();
  const made = await startAuthentication({ optionsJSON: options as never });
  await call("POST", "/api/session/passkey", { ticket, response: { ...credential(made), response: made.response } });
}

function credential({ id, rawId }: { id: string; rawId: string }) {
  return { id, rawId, type: "public-key", clientExtensionResults: {} };
}

export const hasPasskeys = (): boolean => typeof window.PublicKeyCredential === "function";

export function useAccountTexts(): AccountTexts {
  return accountTexts[useContext(LanguageContext)];
}

/** What a visit to the identity provider brought back, once: it is taken out of the address. */
export function takeReturned(): string | undefined {
  const returned = new URLSearchParams(location.search).get("signIn") ?? undefined;
  if (returned) history.replaceState(null, "", location.pathname);
  return returned;
}
