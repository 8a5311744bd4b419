import { expect, it } from "vitest";
import { drainOutbox } from "../../../apps/server/src/features/outbox/drain.ts";
import { aReport, give, signedIn, useHouse, visitor } from "../../support/house.ts";

const made = useHouse();
const caller = {
  name: "陈奶奶",
  phone: "0580-3012345",
  address: "东港街道海印路 8 号 402",
  wantsContact: true,
  reach: "letter",
  consent: true,
};

const inQueue = async (login: string, queue: string): Promise<string[]> => {
  const person = await signedIn(made, login);
  return (await person.get(`/api/cases?queue=${queue}`)).body.items.map((item: { id: string }) => item.id);
};

it("a resident on the telephone is told the outcome by a letter, and rated by somebody who is not the unit", async () => {
  const [clerk, desk, unit, checker] = await Promise.all(
    ["intake", "dispatch", "330903-publicWorks", "checker"].map((login) => signedIn(made, login)),
  );
  const report = (await clerk!.send("POST", "/api/cases", aReport({ reporter: caller }))).body;
  const shown = (await desk!.get(`/api/cases/${report.id}`)).body.case;
  expect(shown.channel).toBe("desk");
  expect(shown.reporter).toMatchObject({
    name: "陈**",
    phone: "058****2345",
    address: "东港街道海印****",
    reach: "letter",
  });
  await give(desk!, report.id, { type: "file" });
  await give(desk!, report.id, { type: "dispatch", lead: "330903-publicWorks", assist: [] });
  await give(unit!, report.id, { type: "accept" });
  await give(unit!, report.id, { type: "contact", note: "打电话约了明天" });
  await give(unit!, report.id, { type: "respond", answer: "灯换好了" });
  await give(checker!, report.id, { type: "check", passed: true, note: "亮了" });
  while (await drainOutbox(made.house)) continue;
  expect(made.notifier.sent, "no message with a link").toEqual([]);

  expect(await inQueue("intake", "toTell")).toEqual([report.id]);
  const { queues } = (await clerk!.get("/api/queues")).body;
  expect(queues.find((queue: { key: string }) => queue.key === "toTell").count).toBe(1);
  expect((await give(unit!, report.id, { type: "inform", how: "call", note: "我们说了" })).body.error.code).toBe(
    "notAllowed",
  );
  expect((await give(clerk!, report.id, { type: "inform", how: "letter", note: "11 月 23 日寄出" })).status).toBe(200);
  expect(await inQueue("intake", "toTell")).toEqual([]);

  const rating = { type: "followUp", resolved: true, satisfaction: 4, comment: "亮堂了" };
  expect((await give(unit!, report.id, rating)).body.error.code).toBe("notAllowed");
  expect((await give(clerk!, report.id, rating)).body.case).toMatchObject({
    state: "followedUp",
    rating: { resolved: true, satisfaction: 4, by: "followUp", unitId: "330903-publicWorks" },
  });
  const again = await give(clerk!, report.id, { type: "inform", how: "call", note: "再说一遍" });
  expect(again.body.error).toMatchObject({ code: "notPossibleNow", params: { state: "followedUp" } });
});

it("whoever reads messages gets one, and stands in no queue", async () => {
  const reporter = { ...caller, reach: "message" };
  const report = (await visitor(made).send("POST", "/api/cases", aReport({ reporter }))).body;
  const desk = await signedIn(made, "dispatch");
  await give(desk, report.id, { type: "decline", reason: "属于供电公司的私人合同", channel: "95598" });
  while (await drainOutbox(made.house)) continue;
  expect(made.notifier.sent.map(({ text }) => text).join()).toContain("95598");
  expect(await inQueue("intake", "toTell")).not.toContain(report.id);
});
