import type { House } from "../../platform/house.ts";
import { contentTypes, type Plain } from "./document.ts";
import type { Language } from "../../platform/http/language.ts";
import { writeW3c } from "./w3cDate.ts";

const texts: Record<Language, { contact: (city: string, url: string) => string; key: (url: string) => string }> = {
  zh: {
    contact: (city, url) => `${city}邻格，${url}/about`,
    key: (url) => `向城市管理员申请 api_key（${url}/desk 的管理员可以发放）。`,
  },
  en: {
    contact: (city, url) => `Linge of ${city}, ${url}/about`,
    key: (url) => `Ask the city's administrator for an api_key; it is issued by administrators of ${url}/desk.`,
  },
};

/** GET discovery: where the endpoint is, in which formats, and when the services last changed. */
export async function discovery(house: House, language: Language): Promise<Plain> {
  const { city, publicUrl, demo } = house.config;
  const saved = await house.db
    .selectFrom("settings")
    .select("saved_at")
    .where("city_id", "=", house.cityId)
    .where("kind", "=", "categories")
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  const changeset = writeW3c(saved.saved_at, house.settings.calendar().offsetMinutes);
  return {
    changeset,
    contact: texts[language].contact(city[language], publicUrl),
    key_service: texts[language].key(publicUrl),
    endpoints: [
      {
        specification: "http://wiki.open311.org/GeoReport_v2",
        url: `${publicUrl}/open311/v2`,
        changeset,
        type: demo === "off" ? "production" : "test",
        formats: Object.values(contentTypes).map((type) => type.split(";")[0]!),
      },
    ],
  };
}
