import { XMLParser } from "fast-xml-parser";
import { give, signedIn, visitor, type TestHouse } from "../../support/house.ts";

/** What an Open311 client got: the JSON, or the XML turned into JSON by the Spark convention. */
export type Got = { status: number; type: string; body: any; text: string; headers: Record<string, unknown> };

const items = new Set("endpoint format service attribute value request request_update error".split(" "));
const lists = new Set(
  "endpoints formats services attributes values service_requests service_request_updates errors".split(" "),
);
const parser = new XMLParser({ parseTagValue: false, isArray: (name) => items.has(name) });

function spark(name: string, value: any): any {
  if (lists.has(name)) return (value === "" ? [] : (Object.values(value)[0] as any[])).map((each) => spark("", each));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([field, each]) => [field, spark(field, each)]));
}

export function readXml(text: string): any {
  const { "?xml": _declaration, ...document } = parser.parse(text, true);
  const [[root, value]] = Object.entries(document) as [[string, any]];
  return spark(root, value);
}

/** JSON as XML can say it: texts only, and nothing for null. */
export function asTexts(value: any): any {
  if (Array.isArray(value)) return value.map(asTexts);
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([field, each]) => [field, asTexts(each)]));
  return value === null ? "" : String(value);
}

type Sent = Record<string, string | string[]> | FormData | { type?: string; raw: Buffer | string };

async function payloadOf(sent: Sent): Promise<{ type?: string; payload: Buffer | string }> {
  if (sent instanceof FormData) {
    const body = new Response(sent);
    return { type: body.headers.get("content-type")!, payload: Buffer.from(await body.arrayBuffer()) };
  }
  if ("raw" in sent) return { type: sent.type as string | undefined, payload: sent.raw as Buffer };
  const pairs = Object.entries(sent).flatMap(([name, value]) =>
    [value].flat().map((each) => [name, each as string] as [string, string]),
  );
  return { type: "application/x-www-form-urlencoded; charset=utf-8", payload: new URLSearchParams(pairs).toString() };
}

/** A client of the interface; it asks in English and follows extensions. */
export function client(made: TestHouse) {
  const call = async (method: "GET" | "POST" | "PUT", path: string, sent?: Sent, more = {}): Promise<Got> => {
    const body = sent && (await payloadOf(sent));
    const answer = await made.app.inject({
      method,
      url: `/open311/v2${path}`,
      headers: { "accept-language": "en", ...(body?.type && { "content-type": body.type }), ...more },
      payload: body?.payload,
    });
    const type = String(answer.headers["content-type"]);
    const parsed = type.startsWith("application/json") ? answer.json() : readXml(answer.body);
    return { status: answer.statusCode, type, body: parsed, text: answer.body, headers: answer.headers };
  };
  return {
    get: (path: string, headers = {}) => call("GET", path, undefined, headers),
    post: (path: string, sent: Sent, headers = {}) => call("POST", path, sent, headers),
    put: (path: string) => call("PUT", path),
    /** The same resource in both formats, checked to say the same. */
    async both(path: string, query = ""): Promise<{ json: any; xml: any; status: number }> {
      const [json, xml] = [await call("GET", `${path}.json${query}`), await call("GET", `${path}.xml${query}`)];
      return { json: json.body, xml: xml.body, status: json.status === xml.status ? json.status : -1 };
    },
  };
}

/** A key from the city's administrator. */
export async function aKey(made: TestHouse, holder = "FixMyStreet"): Promise<{ id: string; key: string }> {
  const admin = await signedIn(made, "admin");
  return (await admin.send("POST", "/api/admin/open311-keys", { holder })).body;
}

/** A request as a client sends it. */
export function aRequest(
  key: string,
  change: Record<string, string | string[]> = {},
): Record<string, string | string[]> {
  return {
    api_key: key,
    jurisdiction_id: "330900000000",
    service_code: "facilities.streetLights",
    lat: "29.95",
    long: "122.3",
    address_string: "滨港路 12 号",
    description: `路灯灭了三天 ${(counter += 1)}`,
    ...change,
  };
}
let counter = 0;

/** The id of the case behind a request, as the desk finds it. */
export async function caseIdOf(made: TestHouse, number: string): Promise<string> {
  const desk = await signedIn(made, "dispatch");
  return (await desk.get(`/api/cases?q=${number}`)).body.items[0].id;
}

/** Files a case, hands it to a unit and publishes it with a moderated text. */
export async function publish(made: TestHouse, caseId: string, text: string): Promise<void> {
  const desk = await signedIn(made, "dispatch");
  await give(desk, caseId, { type: "file" });
  await give(desk, caseId, { type: "dispatch", lead: "330903-publicWorks", assist: [] });
  const published = await give(desk, caseId, { type: "publish", text });
  if (published.status !== 200) throw new Error(published.text);
}

/** A case that was reported in the portal and published. */
export async function aPublished(
  made: TestHouse,
  report: object,
  text = "路灯不亮",
): Promise<{ id: string; number: string }> {
  const reported = await visitor(made).send("POST", "/api/cases", report);
  await publish(made, reported.body.id, text);
  return reported.body;
}

/** Brings a dispatched case to its end. */
export async function close(made: TestHouse, caseId: string): Promise<void> {
  const [unit, checker] = [await signedIn(made, "330903-publicWorks"), await signedIn(made, "checker")];
  await give(unit, caseId, { type: "accept" });
  await give(unit, caseId, { type: "contact", note: "已打电话 13800001234" });
  await give(unit, caseId, { type: "respond", answer: "灯泡换好了，王阿姨知道" });
  await give(checker, caseId, { type: "check", passed: true, note: "亮了" });
}
