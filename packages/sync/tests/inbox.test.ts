import { describe, expect, it } from "vitest";
import { aboutWhen } from "../src/command/clock.ts";
import { settleOverdue } from "../src/inbox/receive.ts";
import { aCommand, anInbox, noon, settings } from "./support.ts";

const hour = 3_600_000;
const outcomes = (change: { answers: { outcome: string }[] }) => change.answers.map(({ outcome }) => outcome);

describe("what the server does with commands", () => {
  it("does one sent twice once, and answers it twice the same", () => {
    const inbox = anInbox();
    const first = inbox.push([aCommand(1)]);
    expect(inbox.push([aCommand(1)]).answers).toEqual(first.answers);
    expect(inbox.done).toEqual(["c1"]);
  });

  it("takes a batch in the order of its numbers", () => {
    const inbox = anInbox();
    inbox.push([aCommand(3), aCommand(1), aCommand(2)]);
    expect(inbox.done).toEqual(["c1", "c2", "c3"]);
  });

  it("holds what comes before its turn, says until when and for what, and releases it", () => {
    const inbox = anInbox();
    const early = inbox.push([aCommand(3)]);
    expect(early.answers).toEqual([
      {
        id: "c3",
        outcome: "held",
        why: "earlierMissing",
        until: new Date(noon + hour).toISOString(),
        missing: { from: 1, to: 2 },
      },
    ]);
    expect(inbox.done).toEqual([]);
    inbox.push([aCommand(1), aCommand(2)]);
    expect(inbox.done).toEqual(["c1", "c2", "c3"]);
    expect(outcomes(inbox.push([aCommand(3)]))).toEqual(["accepted"]);
  });

  it("decides what was held without the missing when the deadline has passed", () => {
    const inbox = anInbox();
    inbox.push([aCommand(2), aCommand(3)]);
    inbox.keep(settleOverdue(inbox.view(), inbox.view().branch!, inbox.deciding, settings(noon + hour - 1)));
    expect(inbox.done).toEqual([]);
    inbox.keep(settleOverdue(inbox.view(), inbox.view().branch!, inbox.deciding, settings(noon + hour)));
    expect(inbox.done).toEqual(["c2", "c3"]);
    inbox.push([aCommand(1)], noon + 2 * hour);
    expect(inbox.done).toEqual(["c2", "c3", "c1"]);
  });

  it("returns what cannot stand without the missing, with the reason", () => {
    const inbox = anInbox(() => ({ ok: false, reason: { code: "notFound", params: {} } }));
    inbox.push([aCommand(2)]);
    inbox.keep(settleOverdue(inbox.view(), inbox.view().branch!, inbox.deciding, settings(noon + hour)));
    expect(inbox.push([aCommand(2)]).answers).toEqual([
      {
        id: "c2",
        outcome: "notAccepted",
        missing: { from: 1, to: 1 },
        reason: { code: "earlierMissing", params: { because: { code: "notFound", params: {} } } },
      },
    ]);
  });

  it("keeps a command of a newer phone, and those after it on the same record, until it is updated itself", () => {
    let updated = false;
    const inbox = anInbox(({ type }) => (type === "new" && !updated ? "notKnownHere" : { ok: true, version: 1 }));
    const change = inbox.push([aCommand(1, { type: "new" }), aCommand(2), aCommand(3, { recordId: "another" })]);
    expect(outcomes(change)).toEqual(["held", "held", "accepted"]);
    updated = true;
    inbox.push([]);
    expect(inbox.done).toEqual(["c3", "c1", "c2"]);
  });

  it("returns a command that no update came for", () => {
    const inbox = anInbox(() => "notKnownHere");
    inbox.push([aCommand(1)]);
    const late = settings(noon + 25 * hour);
    inbox.keep(settleOverdue(inbox.view(), inbox.view().branch!, inbox.deciding, late));
    expect(inbox.push([aCommand(1)]).answers[0]).toMatchObject({
      outcome: "notAccepted",
      reason: { code: "needsNewerServer" },
    });
  });

  it("refuses an id that stands for something else, and goes on with the next number", () => {
    const inbox = anInbox();
    inbox.push([aCommand(1)]);
    const change = inbox.push([aCommand(2, { id: "c1", data: { text: "另一件事" } }), aCommand(3)]);
    expect(change.answers[0]).toMatchObject({ outcome: "notAccepted", reason: { code: "idUsedDifferently" } });
    expect(inbox.done).toEqual(["c1", "c3"]);
  });

  it.each([
    [
      "two commands claim one number",
      (inbox: ReturnType<typeof anInbox>) => inbox.push([aCommand(1, { id: "other" })]),
    ],
    ["the branch is somebody else's", (inbox: ReturnType<typeof anInbox>) => inbox.push([aCommand(2)], noon, "fen")],
  ])("asks for a new branch when %s", (_when, push) => {
    const inbox = anInbox();
    inbox.push([aCommand(1)]);
    expect(push(inbox).forked).toBe(true);
    expect(inbox.done).toEqual(["c1"]);
  });

  it("knows a command again in another branch", () => {
    const inbox = anInbox();
    inbox.push([aCommand(1)]);
    const moved = aCommand(5, { id: "c1" });
    expect(inbox.push([moved]).answers).toEqual([{ id: "c1", outcome: "accepted", version: 1 }]);
  });

  it("notes a clock that is a year off, and orders nothing by it", () => {
    const inbox = anInbox();
    const year = 365 * 24 * hour;
    const said = (ms: number) => new Date(noon - year + ms).toISOString();
    inbox.push([aCommand(1, { at: said(0) }), aCommand(2, { at: said(-hour) })], noon, "hai", said(hour));
    expect(inbox.done).toEqual(["c1", "c2"]);
    const { heard } = inbox.view().kept[0]!;
    expect(heard.driftMs).toBe(year - hour);
    expect(aboutWhen(heard)).toBe(new Date(noon - hour).toISOString());
  });
});
