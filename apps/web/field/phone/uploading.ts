import type { Phone } from "@linge/sync/phone/phone.ts";
import { chunkAfter, nextChunk, uploadAnswered, usualChunk, type Upload } from "@linge/sync/photo/upload.ts";
import type { Trouble } from "@linge/sync/protocol/message.ts";
import { announceUpload, sendChunk, type UploadAnswer } from "./server.ts";

/** Where the bytes of uploads lie; on a phone its shelf of media, at the desk a file. */
export type Bytes = { read(id: string): Promise<ArrayBuffer | undefined>; drop(ids: readonly string[]): Promise<void> };

/** So many go up side by side: a good line is filled, a bad one is not choked. */
const sideBySide = 3;

async function take(phone: Phone, bytes: Bytes, upload: Upload, answer: UploadAnswer): Promise<Upload | Trouble> {
  if ("trouble" in answer) return answer.trouble;
  const next: Upload =
    "refused" in answer ? { ...upload, state: "notAccepted", reason: answer.refused } : uploadAnswered(upload, answer);
  await phone.keepUpload(next);
  if (next.state === "done") await bytes.drop([next.id]);
  return next;
}

/** Sends one from where the server says it is, in pieces as long as the line carries in two seconds. */
async function sendOne(phone: Phone, bytes: Bytes, first: Upload): Promise<Trouble | undefined> {
  const whole = await bytes.read(first.id);
  if (!whole) {
    await phone.keepUpload({ ...first, state: "notAccepted", reason: "notOnPhone" });
    return undefined;
  }
  const { id, recordId, medium, sha256 } = first;
  const announced = { id, caseId: recordId, medium, bytes: first.bytes, sha256 };
  let now = await take(phone, bytes, first, await announceUpload(announced));
  for (let chunk = usualChunk; typeof now !== "string" && now.state === "waiting";) {
    const { from, to } = nextChunk(now, chunk);
    const started = performance.now();
    now = await take(phone, bytes, now, await sendChunk(id, from, whole.slice(from, to)));
    chunk = chunkAfter(to - from, performance.now() - started);
  }
  return typeof now === "string" ? now : undefined;
}

/** Sends every photo and voice note that waits. Ends early, losing nothing, when the line does. */
export async function sendUploads(phone: Phone, bytes: Bytes): Promise<Trouble | undefined> {
  const waiting = (await phone.uploads()).filter(({ state }) => state === "waiting");
  let trouble: Trouble | undefined;
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next && !trouble; next = waiting.shift()) {
      const met = await sendOne(phone, bytes, next);
      if (met) trouble = met;
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, work));
  return trouble;
}
