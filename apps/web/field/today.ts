/** Today by the city's calendar, `YYYY-MM-DD`. */
export const today = (): string => new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });
