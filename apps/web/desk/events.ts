import { portalTexts } from "../portal/texts.ts";

/** Words for events: what residents read, and the few that only staff see. */
export const deskEvents: Record<"zh" | "en", Record<string, string>> = {
  zh: {
    ...portalTexts.zh.events,
    contacted: "已联系居民",
    informed: "已告知居民结果",
    whistleCallAnswered: "对吹哨的回应",
    internalNoteAdded: "内部备注",
    objectionDecided: "异议已裁定",
    placeCorrected: "位置已更正",
    archived: "已归档",
  },
  en: {
    ...portalTexts.en.events,
    contacted: "Resident contacted",
    informed: "Resident told the outcome",
    whistleCallAnswered: "Whistle call answered",
    internalNoteAdded: "Internal note",
    objectionDecided: "Objection decided",
    placeCorrected: "Place corrected",
    archived: "Archived",
  },
};
