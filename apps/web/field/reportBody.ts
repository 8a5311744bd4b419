import type { Category } from "@linge/domain/category/category.ts";
import type { JsonObject } from "@linge/sync/json.ts";
import type { Media } from "./phone/media.ts";

export const reportFields = ["text", "categoryId", "place", "grid", "lon", "lat", "name", "phone", "consent"] as const;
/** The form as text by field; answers to a category's questions under `answer.<id>`. */
export type ReportValues = Record<string, string>;

function answersOf(values: ReportValues, category: Category | undefined): JsonObject {
  const given = (category?.questions ?? []).flatMap(({ id, kind }): [string, string | number | boolean][] => {
    const value = values[`answer.${id}`];
    if (!value) return [];
    if (kind === "number") return [[id, Number(value)]];
    return [[id, kind === "yesNo" ? value === "yes" : value]];
  });
  return Object.fromEntries(given);
}

/** The data of a `report` command from the form. */
export function reportBody(values: ReportValues, category: Category | undefined, media: readonly Media[]): JsonObject {
  const located = Boolean(values.lon);
  const place = {
    ...(located && { lon: Number(values.lon), lat: Number(values.lat) }),
    ...(values.place && { name: values.place }),
    ...(!located && !values.place && { unknown: true }),
  };
  const someone = values.consent && (values.name || values.phone);
  const answers = answersOf(values, category);
  const of = (medium: Media["medium"]): string[] => media.filter((each) => each.medium === medium).map(({ id }) => id);
  const [photos, recordings] = [of("photo"), of("recording")];
  return {
    kind: "help",
    categoryId: values.categoryId ?? "",
    text: values.text ?? "",
    place,
    ...(!located && values.grid && { areaCode: values.grid }),
    ...(Object.keys(answers).length > 0 && { answers }),
    ...(someone && {
      reporter: {
        ...(values.name && { name: values.name }),
        ...(values.phone && { phone: values.phone }),
        wantsContact: Boolean(values.phone),
        consent: true,
      },
    }),
    ...(photos.length > 0 && { photos }),
    ...(recordings.length > 0 && { recordings }),
  };
}

/** The form's fields from a report that was not accepted. */
export function valuesOfReport(data: JsonObject): ReportValues {
  const place = (data.place ?? {}) as { lon?: number; lat?: number; name?: string };
  const reporter = data.reporter as { name?: string; phone?: string } | undefined;
  const answers = Object.entries((data.answers ?? {}) as Record<string, string | number | boolean>).map(
    ([id, value]) => [`answer.${id}`, typeof value === "boolean" ? (value ? "yes" : "no") : String(value)],
  );
  return {
    text: String(data.text ?? ""),
    categoryId: String(data.categoryId ?? ""),
    place: place.name ?? "",
    grid: String(data.areaCode ?? ""),
    lon: place.lon === undefined ? "" : String(place.lon),
    lat: place.lat === undefined ? "" : String(place.lat),
    name: reporter?.name ?? "",
    phone: reporter?.phone ?? "",
    consent: reporter ? "yes" : "",
    ...(Object.fromEntries(answers) as ReportValues),
  };
}
