import { createHash, randomUUID } from "node:crypto";
import { exchange } from "@linge/sync/phone/exchange.ts";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { useHouse, type Answer } from "../../support/house.ts";
import { hire, phoneOf, report, wire, type Worker } from "./field.ts";

const made = useHouse();
let hai: Worker;
let picture: Buffer;

beforeAll(async () => {
  hai = await hire(made, { role: "gridWorker", area: "330903000000" });
  const noise = { type: "gaussian" as const, mean: 128, sigma: 40 };
  picture = await sharp({ create: { width: 640, height: 480, channels: 3, background: "#888", noise } })
    .jpeg({ quality: 90 })
    .toBuffer();
});

const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
const announce = (id: string, bytes: Buffer, change: object = {}): Promise<Answer> =>
  hai.person.send("POST", "/api/sync/photos", { id, bytes: bytes.length, sha256: sha256(bytes), ...change });

async function piece(id: string, offset: number, bytes: Buffer, worker = hai) {
  const response = await made.app.inject({
    method: "POST",
    url: `/api/sync/photos/${id}/chunks?offset=${offset}`,
    headers: {
      cookie: worker.person.cookie,
      "x-linge-csrf": worker.person.csrf,
      "content-type": "application/octet-stream",
    },
    payload: bytes,
  });
  return { status: response.statusCode, body: response.json() };
}

async function eventually(check: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await check()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("it did not happen");
}

async function upload(id: string, caseId?: string): Promise<void> {
  await announce(id, picture, caseId ? { caseId } : {});
  for (let at = 0; at < picture.length; at += 20_000) await piece(id, at, picture.subarray(at, at + 20_000));
}

const visible = async (id: string): Promise<boolean> => (await hai.person.get(`/photos/${id}`)).status === 200;

describe("a photo from a phone", () => {
  it("goes on after a break from where the server is, and is whole once", async () => {
    const id = randomUUID();
    expect((await announce(id, picture)).body).toMatchObject({ offset: 0, done: false });
    expect((await piece(id, 0, picture.subarray(0, 10_000))).body).toMatchObject({ offset: 10_000, done: false });
    // The answer was lost: the same piece again, then one too far ahead, then the question where it stands.
    expect((await piece(id, 0, picture.subarray(0, 10_000))).body).toMatchObject({ offset: 10_000 });
    expect((await piece(id, 20_000, picture.subarray(20_000, 25_000))).body).toMatchObject({ offset: 10_000 });
    expect((await announce(id, picture)).body).toMatchObject({ offset: 10_000, done: false });
    expect((await piece(id, 10_000, picture.subarray(10_000))).body).toMatchObject({ done: true });
    expect((await announce(id, picture)).body).toMatchObject({ done: true });
  });

  it.each([
    ["after", false],
    ["before", true],
  ])("is seen with its case when it comes %s the report that shows it", async (_when, first) => {
    const id = randomUUID();
    const phone = await phoneOf(made, hai);
    const { command } = await phone.queue(report("路灯灭了", { photos: [id] }));
    if (first) await upload(id, command.recordId);
    await exchange(phone, wire(hai));
    if (!first) await upload(id, command.recordId);
    await eventually(() => visible(id));
    const kept = Buffer.from((await made.house.storage.get(`${id}-large.jpg`))!);
    expect((await sharp(kept).metadata()).width).toBe(640);
  });

  it("begins again when its bytes are not what was announced", async () => {
    const id = randomUUID();
    await announce(id, picture);
    const wrong = Buffer.from(picture);
    wrong[1_000]! ^= 1;
    expect((await piece(id, 0, wrong)).body).toMatchObject({ offset: 0, done: false });
    expect((await piece(id, 0, picture)).body).toMatchObject({ done: true });
  });

  it("is refused when it is no picture, and stays refused", async () => {
    const [id, text] = [randomUUID(), Buffer.from("这不是照片")];
    await announce(id, text);
    expect((await piece(id, 0, text)).body.error.code).toBe("unusablePhoto");
    expect((await announce(id, text)).body.error.code).toBe("unusablePhoto");
  });

  it("cannot be another file under the same id, too large, or somebody else's", async () => {
    const id = randomUUID();
    await announce(id, picture);
    expect((await announce(id, Buffer.from("x"))).body.error.code).toBe("idUsedDifferently");
    expect((await announce(randomUUID(), picture, { bytes: 2 ** 30 })).status).toBe(413);
    const other = await hire(made, { role: "gridWorker", area: "330903000000" });
    expect((await piece(id, 0, picture, other)).status).toBe(404);
    expect((await hai.person.send("POST", `/api/sync/photos/${id}/chunks?offset=0`, { bytes: 1 })).status).toBe(415);
  });
});
