import { createHash, randomUUID } from "node:crypto";
import { exchange } from "@linge/sync/phone/exchange.ts";
import { beforeAll, describe, expect, it } from "vitest";
import { signedIn, useHouse, visitor } from "../../support/house.ts";
import { hire, phoneOf, report, wire, type Worker } from "../sync/field.ts";

const made = useHouse();
let hai: Worker;
const sound = Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), Buffer.alloc(20_000, 7)]);

beforeAll(async () => {
  hai = await hire(made, { role: "gridWorker", area: "330903000000" });
});

async function upload(id: string, caseId: string, bytes: Buffer, worker = hai) {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const announced = { id, caseId, bytes: bytes.length, sha256, medium: "recording" };
  expect((await worker.person.send("POST", "/api/sync/photos", announced)).status).toBe(200);
  let answer;
  for (let at = 0; at < bytes.length; at += 8_000)
    answer = await made.app.inject({
      method: "POST",
      url: `/api/sync/photos/${id}/chunks?offset=${at}`,
      headers: {
        cookie: worker.person.cookie,
        "x-linge-csrf": worker.person.csrf,
        "content-type": "application/octet-stream",
      },
      payload: bytes.subarray(at, at + 8_000),
    });
  return answer!.json();
}

async function told(): Promise<{ id: string; caseId: string }> {
  const id = randomUUID();
  const phone = await phoneOf(made, hai);
  const { command } = await phone.queue(report("老乡说的都录下来了", { recordings: [id] }));
  await exchange(phone, wire(hai));
  expect(await phone.entries()).toEqual([]);
  expect(await upload(id, command.recordId, sound)).toMatchObject({ done: true });
  await expect.poll(async () => (await hai.person.get(`/recordings/${id}`)).status).toBe(200);
  return { id, caseId: command.recordId };
}

describe("a voice note", () => {
  it("is heard as it was recorded by staff who may see its case, and by nobody else", async () => {
    const { id } = await told();
    const heard = await made.app.inject({ url: `/recordings/${id}`, headers: { cookie: hai.person.cookie } });
    expect(heard.headers["content-type"]).toBe("audio/webm");
    expect(heard.rawPayload.equals(sound)).toBe(true);
    expect((await (await signedIn(made, "dispatch")).get(`/recordings/${id}`)).status).toBe(200);
    const far = await hire(made, { role: "gridWorker", area: "330922000000" });
    expect((await far.person.get(`/recordings/${id}`)).status).toBe(404);
    expect((await visitor(made).get(`/recordings/${id}`)).status).toBe(401);
  });

  it("is not heard any more once its case does not name it", async () => {
    const { id, caseId } = await told();
    const { house } = made;
    await house.pool.query("update cases set record = record - 'recordings' where id = $1", [caseId]);
    expect((await hai.person.get(`/recordings/${id}`)).status).toBe(404);
  });

  it("is refused when it is no recording, and that is said of every later try", async () => {
    const [id, caseId] = [randomUUID(), randomUUID()];
    const wrong = Buffer.from("这不是录音");
    expect((await upload(id, caseId, wrong)).error.code).toBe("unusableRecording");
    const sha256 = createHash("sha256").update(wrong).digest("hex");
    const again = { id, caseId, bytes: wrong.length, sha256, medium: "recording" };
    expect((await hai.person.send("POST", "/api/sync/photos", again)).body.error.code).toBe("unusableRecording");
  });
});
