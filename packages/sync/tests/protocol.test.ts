import { describe, expect, it } from "vitest";
import { chunkAfter, nextChunk, takeChunk, uploadAnswered, type Upload } from "../src/photo/upload.ts";
import { readResponse, retryAfter } from "../src/protocol/message.ts";
import { agree } from "../src/protocol/protocol.ts";

describe("what phone and server can speak", () => {
  it.each([
    [
      { major: 1, minor: 3 },
      { major: 1, minor: 5 },
      { ok: true, minor: 3 },
    ],
    [
      { major: 1, minor: 5 },
      { major: 1, minor: 3 },
      { ok: true, minor: 3 },
    ],
    [
      { major: 1, minor: 9 },
      { major: 2, minor: 0 },
      { ok: false, update: "phone" },
    ],
    [
      { major: 2, minor: 0 },
      { major: 1, minor: 9 },
      { ok: false, update: "server" },
    ],
  ])("phone %j, server %j: %j", (phone, server, agreed) => expect(agree(phone, server)).toEqual(agreed));
});

describe("what comes back over a bad line", () => {
  const ours = { protocol: { major: 1, minor: 0 }, answers: [] };
  const error = { error: { code: "signInNeeded" } };
  it.each([
    ["an answer", 200, ours, { ok: true, body: ours }],
    ["a captive portal that says yes", 200, undefined, { ok: false, trouble: "notLinge" }],
    ["a captive portal that speaks JSON", 200, { login: "please" }, { ok: false, trouble: "notLinge" }],
    ["a portal that redirects", 302, undefined, { ok: false, trouble: "notLinge" }],
    ["a portal that asks for a password", 401, undefined, { ok: false, trouble: "notLinge" }],
    ["a session that is over", 401, error, { ok: false, trouble: "signInNeeded" }],
    ["a phone that is too old", 426, error, { ok: false, trouble: "updatePhone" }],
    ["a server in trouble", 500, undefined, { ok: false, trouble: "serverTrouble" }],
    ["a server without its database", 503, error, { ok: false, trouble: "busy" }],
    ["a refusal", 403, error, { ok: false, trouble: "refused" }],
  ])("%s", (_what, status, body, heard) => expect(readResponse(status, body)).toEqual(heard));

  it("is asked again ever more rarely, at most every five minutes", () => {
    const waits = [0, 1, 2, 20].map((tries) => retryAfter(tries, 1));
    expect(waits).toEqual([2_000, 4_000, 8_000, 300_000]);
    expect(retryAfter(3, 0)).toBe(8_000);
  });
});

describe("a photo goes up in pieces", () => {
  const upload: Upload = {
    id: "p",
    recordId: "r",
    medium: "photo",
    bytes: 250_000,
    sha256: "",
    offset: 0,
    state: "waiting",
  };

  it("goes on where the server says it is", () => {
    expect(nextChunk(upload, 100_000)).toEqual({ from: 0, to: 100_000 });
    const later = uploadAnswered(upload, { offset: 200_000, done: false });
    expect(nextChunk(later, 100_000)).toEqual({ from: 200_000, to: 250_000 });
    expect(uploadAnswered(later, { offset: 250_000, done: true }).state).toBe("done");
    expect(uploadAnswered(later, { offset: 0, done: false }).offset).toBe(0);
  });

  it.each([
    [100, 100, 50, "take"],
    [100, 0, 100, "alreadyThere"],
    [100, 150, 10, "tooFar"],
    [100, 100, 200, "tooFar"],
  ])("at %i, a piece from %i of %i bytes: %s", (kept, from, length, what) =>
    expect(takeChunk(kept, 250, from, length)).toBe(what),
  );

  it("takes pieces of about two seconds of the line", () => {
    expect(chunkAfter(64_000, 1_000)).toBe(128_000);
    expect(chunkAfter(1_000, 60_000)).toBe(32 * 1024);
    expect(chunkAfter(10_000_000, 100)).toBe(512 * 1024);
  });
});
