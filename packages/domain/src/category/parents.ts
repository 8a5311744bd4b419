import type { Family } from "./category.ts";

/** The twelve families of concern of a coastal island city (domain.md). */
export const parents = {
  environment: { zh: "市容环卫", en: "Streets and cleanliness" },
  facilities: { zh: "公用设施", en: "Public utilities" },
  housing: { zh: "物业房屋", en: "Housing" },
  traffic: { zh: "陆上交通", en: "Roads and traffic" },
  seaTransit: { zh: "海岛交通", en: "Island transport" },
  fishery: { zh: "渔业海上", en: "Fishing and the sea" },
  disputes: { zh: "矛盾纠纷", en: "Mediation" },
  safety: { zh: "安全隐患", en: "Safety hazards" },
  care: { zh: "民生关爱", en: "Care and hardship" },
  health: { zh: "医疗健康", en: "Health" },
  publicService: { zh: "政务服务", en: "Public services" },
  emergency: { zh: "应急灾害", en: "Storms and emergencies" },
} as const;

export type ParentId = keyof typeof parents;

/** The families that a new city begins with. */
export const seedFamilies: Family[] = Object.entries(parents).map(([id, names]) => ({ id, ...names }));
