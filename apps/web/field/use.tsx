import { createContext, useContext, useSyncExternalStore } from "react";
import type { Phone, PhoneState } from "./phone/phone.ts";
import { en } from "./texts/en.ts";
import { zh, type FieldTexts } from "./texts/zh.ts";

export type Language = "zh" | "en";
export const LanguageContext = createContext<Language>("zh");
export const PhoneContext = createContext<Phone | undefined>(undefined);

export const fieldTexts: Record<Language, FieldTexts> = { zh, en };

export function useTexts(): { t: FieldTexts; language: Language } {
  const language = useContext(LanguageContext);
  return { t: fieldTexts[language], language };
}

/** The worker's phone and what is on it now. */
export function usePhone(): { phone: Phone; state: PhoneState } {
  const phone = useContext(PhoneContext)!;
  return { phone, state: useSyncExternalStore(phone.subscribe, phone.state) };
}
