import { describe, expect, it } from "vitest";
import { readOutboxFile } from "../src/outbox/file.ts";
import { OnItsWay } from "../src/phone/phone.ts";
import { memoryStore } from "../src/store/memory.ts";
import { answering, aPhone, note } from "./support.ts";

const accepted = (id: string) => ({ id, outcome: "accepted" as const, version: 1 });
const refused = (id: string) => ({
  id,
  outcome: "notAccepted" as const,
  reason: { code: "outOfScope", params: {} },
});

describe("what a worker did stays on the phone until the server has it", () => {
  it("numbers commands in one branch and keeps them through a restart", async () => {
    const store = memoryStore();
    const phone = await aPhone({ store });
    const first = await phone.queue(note());
    await phone.queue(note());
    const again = await aPhone({ store });
    const entries = await again.entries();
    expect(entries.map(({ command }) => command.version.sequence)).toEqual([1, 2]);
    expect(entries[0]).toEqual(first);
    expect(await again.counts()).toEqual({ waiting: 2, held: 0, notAccepted: 0 });
  });

  it("sends again what was sent when no answer came", async () => {
    const phone = await aPhone();
    await phone.queue(note());
    const lost = await phone.nextPush();
    expect((await phone.nextPush())?.commands).toEqual(lost?.commands);
  });

  it("keeps with a deed the photos that it names, until they are up", async () => {
    const phone = await aPhone();
    const photo = {
      id: "p",
      recordId: "r1",
      medium: "photo",
      bytes: 9,
      sha256: "",
      offset: 0,
      state: "waiting",
    } as const;
    await phone.queue(note(), [photo]);
    expect(await phone.uploads()).toEqual([photo]);
    await phone.keepUpload({ ...photo, offset: 5 });
    expect(await phone.uploads()).toEqual([{ ...photo, offset: 5 }]);
    await phone.keepUpload({ ...photo, offset: 9, state: "done" });
    expect(await phone.uploads()).toEqual([]);
  });

  it("sets aside what its worker gives up only when it was not accepted", async () => {
    const phone = await aPhone();
    const { command } = await phone.queue(note());
    await phone.setAside(command.id);
    expect(await phone.counts()).toMatchObject({ waiting: 1 });
    await phone.takePush((await phone.nextPush())!, answering([refused(command.id)]));
    await phone.setAside(command.id);
    expect(await phone.counts()).toEqual({ waiting: 0, held: 0, notAccepted: 0 });
  });

  it("believes an answer only about what it asked", async () => {
    const phone = await aPhone();
    const { command } = await phone.queue(note());
    const request = (await phone.nextPush())!;
    const other = await phone.queue(note());
    await phone.takePush(request, answering([accepted(command.id), accepted(other.command.id)]));
    expect((await phone.entries()).map((entry) => entry.command.id)).toEqual([other.command.id]);
  });

  it("keeps what was not accepted, out of the counts of work, until it is corrected and accepted", async () => {
    const phone = await aPhone();
    const { command } = await phone.queue(note());
    await phone.takePush((await phone.nextPush())!, answering([refused(command.id)]));
    expect(await phone.counts()).toEqual({ waiting: 0, held: 0, notAccepted: 1 });
    expect(await phone.nextPush()).toBeUndefined();

    const better = await phone.amend(command.id, { text: "灯还没亮" });
    expect(better.command).toMatchObject({
      replaces: command.id,
      data: { text: "灯还没亮" },
      version: { sequence: 2 },
    });
    expect(await phone.counts()).toEqual({ waiting: 1, held: 0, notAccepted: 0 });
    await phone.takePush((await phone.nextPush())!, answering([accepted(better.command.id)]));
    expect(await phone.entries()).toEqual([]);
  });

  it("changes in place what never left, and nothing whose answer is out", async () => {
    const phone = await aPhone();
    const { command } = await phone.queue(note());
    expect((await phone.amend(command.id, { text: "短" })).command).toEqual({ ...command, data: { text: "短" } });
    await phone.nextPush();
    await expect(phone.amend(command.id, { text: "长" })).rejects.toBeInstanceOf(OnItsWay);
  });

  it("renumbers what waits when its numbers are taken, with the same ids in the same order", async () => {
    const phone = await aPhone();
    const [one, two] = [await phone.queue(note("r1")), await phone.queue(note("r2"))];
    await phone.takePush((await phone.nextPush())!, answering([], true));
    const entries = await phone.entries();
    expect(entries.map(({ command }) => command.id)).toEqual([one.command.id, two.command.id]);
    expect(entries.map(({ command }) => command.version.sequence)).toEqual([1, 2]);
    expect(entries[0]!.command.version.branch).not.toBe(one.command.version.branch);
  });

  it("offers again what it holds as accepted and the server says it misses", async () => {
    const phone = await aPhone();
    const first = await phone.queue(note());
    await phone.takePush((await phone.nextPush())!, answering([accepted(first.command.id)]));
    const second = await phone.queue(note());
    const held = { id: second.command.id, outcome: "held" as const, until: "2026-11-24T00:00:00Z" };
    await phone.takePush(
      (await phone.nextPush())!,
      answering([{ ...held, why: "earlierMissing", missing: { from: 1, to: 1 } }]),
    );
    expect((await phone.nextPush())?.commands.map(({ id }) => id)).toEqual([first.command.id]);
  });

  it("writes nothing of a transaction in which the phone dies, and all of one after it", async () => {
    let dies: "before" | "after" | undefined;
    const store = memoryStore(undefined, (moment) => {
      if (moment === dies) throw new Error("dead");
    });
    const phone = await aPhone({ store });
    dies = "before";
    await expect(phone.queue(note())).rejects.toThrow("dead");
    dies = "after";
    await expect(phone.queue(note())).rejects.toThrow("dead");
    dies = undefined;
    expect((await phone.entries()).map(({ command }) => command.version.sequence)).toEqual([1]);
  });

  it("does not open a store for another worker", async () => {
    const store = memoryStore();
    await aPhone({ store });
    await expect(aPhone({ store, worker: "fen" })).rejects.toThrow("another worker");
  });
});

describe("the file that a worker can carry to the desk", () => {
  it("brings everything that waits, once", async () => {
    const phone = await aPhone();
    await phone.queue(note());
    const read = readOutboxFile(await phone.exportOutbox());
    if (!read.ok) throw new Error(read.problem);
    let made = 0;
    const desk = await aPhone({ newId: () => `desk${(made += 1)}` });
    expect(await desk.importOutbox(read.file)).toBe(1);
    expect(await desk.importOutbox(read.file)).toBe(0);
    expect((await desk.nextPush())?.commands).toEqual((await phone.nextPush())?.commands);
  });

  it.each([
    ["{", "damaged"],
    ["[]", "notAnOutbox"],
    ["null", "notAnOutbox"],
    ['{"linge":"outbox","version":2,"entries":[]}', "newerVersion"],
    ['{"linge":"outbox","version":1,"worker":"hai","exportedAt":"","entries":[],"check":"00000000"}', "damaged"],
  ])("refuses %s as %s", (text, problem) => expect(readOutboxFile(text)).toEqual({ ok: false, problem }));
});
