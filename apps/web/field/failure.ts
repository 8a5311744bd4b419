import { isFull } from "./phone/database.ts";
import type { FieldTexts } from "./texts/zh.ts";

/** What to say when something could not be kept: a full phone has a remedy, the rest is tried again. */
export const failureText = (error: unknown, t: FieldTexts): string => (isFull(error) ? t.sheet.full : t.sheet.failed);
