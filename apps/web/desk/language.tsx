import { createContext, useContext } from "react";
import { deskTexts, type DeskTexts } from "./texts.ts";

export type Language = "zh" | "en";
const key = "linge-language";

/** The reader's choice; kept in a cookie, so that answers of the server come in the same language. */
export function rememberedLanguage(): Language {
  return document.cookie.includes(`${key}=en`) ? "en" : "zh";
}

export function rememberLanguage(language: Language): void {
  document.cookie = `${key}=${language};path=/;max-age=31536000;samesite=lax`;
}

export const LanguageContext = createContext<Language>("zh");

export function useTexts(): { t: DeskTexts; language: Language } {
  const language = useContext(LanguageContext);
  return { t: deskTexts[language], language };
}
