import type { Language } from "./language.tsx";

/** A day and a time of it, as the reader writes them. */
export function day(iso: string, language: Language): string {
  return new Date(iso).toLocaleString(language === "zh" ? "zh-CN" : "en-GB", {
    dateStyle: "medium",
    timeStyle: "short",
  });
}
