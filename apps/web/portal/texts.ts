import type { Language } from "./model.ts";
import { en } from "./texts/en.ts";
import { zh, type PortalTexts } from "./texts/zh.ts";

export type { PortalTexts };
export const portalTexts: Record<Language, PortalTexts> = { zh, en };
