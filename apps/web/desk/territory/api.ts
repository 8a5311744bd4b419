import { call } from "../api.ts";

export type AreaRow = {
  code: string;
  level: string;
  zh: string;
  en: string;
  focus?: "key" | "service" | "liaison";
  kind?: "general" | "dedicated";
  indicative: boolean;
  parentCode: string | null;
  vessels?: number;
};
export type Detail = {
  versions: {
    id: string;
    code: string;
    zh: string;
    en: string;
    validFrom: string;
    validTo?: string;
    from: { code: string; zh: string }[];
  }[];
  staffing?: { wanted: People; present: People };
  organisations: { id: string; kind: string; zh: string; en: string; synthetic: boolean }[];
  vessels: { name: string; homePort?: string }[];
};
type People = { leaders: number; workers: number };
export type Fault = { kind: string; codes: string[]; at?: number[]; area?: number; zh: string; en: string };
export type Faults = { count: number; faults: Fault[] };
export type Named = { code: string; zh: string };
export type ImportRequest = {
  files: { name: string; text: string }[];
  from: "WGS84" | "GCJ02" | "BD09";
  day: string;
  indicative: boolean;
  endAbsent: boolean;
};
export type Preview = {
  conversion: string;
  problems: { file: string; place: string; en: string }[];
  counts: Record<"added" | "changed" | "unchanged" | "absent" | "foreign", number>;
  added: Named[];
  changed: Named[];
  absent: Named[];
  faults: Faults;
};

export const territoryApi = {
  children: (parent: string) => call<{ areas: AreaRow[] }>("GET", `/api/areas?parent=${parent}`),
  detail: (code: string) => call<Detail>("GET", `/api/admin/territory/${code}`),
  check: () => call<Faults>("GET", "/api/admin/territory/check"),
  preview: (request: ImportRequest) => call<Preview>("POST", "/api/admin/territory/preview", request),
  bringIn: (request: ImportRequest & { id: string; acceptFaults: boolean }) =>
    call<{ versions: number; ended: number; moved: number }>("POST", "/api/admin/territory/import", request),
};
