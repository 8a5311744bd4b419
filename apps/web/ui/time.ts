type Language = "zh" | "en";

const zone = "Asia/Shanghai";
const day = {
  zh: new Intl.DateTimeFormat("zh-CN", { timeZone: zone, month: "long", day: "numeric" }),
  en: new Intl.DateTimeFormat("en-GB", { timeZone: zone, day: "numeric", month: "long" }),
};
const moment = {
  zh: new Intl.DateTimeFormat("zh-CN", {
    timeZone: zone,
    month: "long",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  }),
  en: new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }),
};

/** A day in words, in the city's time: 11月27日. */
export function dayText(iso: string, language: Language): string {
  return day[language].format(new Date(iso));
}

/** A day and time in words, in the city's time. */
export function momentText(iso: string, language: Language): string {
  return moment[language].format(new Date(iso));
}
