import type { PersonRow } from "@linge/server/features/people/queries.ts";
import { call } from "../api.ts";

export type { PersonRow };
export type Area = { code: string; zh: string; en: string };
export type NewGrant = { role: string; area?: string; unitId?: string };

/** What the page of people asks the server for. */
export const people = {
  list: (q: string, after: string) =>
    call<{ people: PersonRow[]; next?: string }>("GET", `/api/admin/people?${new URLSearchParams({ q, after })}`),
  add: (person: { login: string; name: string; unitId?: string }) =>
    call<{ id: string; password: string }>("POST", "/api/admin/people", { id: crypto.randomUUID(), ...person }),
  give: (id: string, grant: NewGrant) => call<{ id: string }>("POST", `/api/admin/people/${id}/grants`, grant),
  end: (id: string, grantId: string) => call<void>("DELETE", `/api/admin/people/${id}/grants/${grantId}`),
  reset: (id: string) => call<{ password: string }>("POST", `/api/admin/people/${id}/reset`, {}),
  leave: (id: string) => call<void>("POST", `/api/admin/people/${id}/leave`, {}),
  comeBack: (id: string) => call<void>("POST", `/api/admin/people/${id}/return`, {}),
  areas: (parent: string) => call<{ areas: Area[] }>("GET", `/api/areas?parent=${parent}`),
};
