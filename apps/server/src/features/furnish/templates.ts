import type { ReplyTemplate } from "../settings/settings.ts";

/** Prepared answers to begin with; a city writes its own. */
export const seedTemplates: ReplyTemplate[] = [
  {
    id: "onTheWay",
    zh: "已派人",
    en: "On the way",
    text: "我们已派人前往，预计今天到现场。到了会再联系您。",
    for: ["contact"],
  },
  {
    id: "waitForPart",
    zh: "等配件",
    en: "Waiting for a part",
    text: "现场看过了，需要换配件。配件到货后马上更换，最晚 {due}。",
    for: ["contact", "requestExtension", "requestSuspension"],
  },
  {
    id: "done",
    zh: "已处理",
    en: "Done",
    text: "已经处理好了，麻烦您看看。如果还有问题，请直接点“没有解决”。",
    for: ["respond"],
  },
  {
    id: "notOurs",
    zh: "不归我们管",
    en: "Not ours",
    text: "这件事不归我们单位负责，理由是：",
    for: ["object"],
  },
  {
    id: "elsewhere",
    zh: "该找别处",
    en: "Elsewhere",
    text: "这件事要由别的部门来办，我们已经查清该找哪里，写在下面。",
    for: ["decline", "redirect"],
  },
];
