import type { CaseRecord } from "@linge/domain/case/record.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { FollowCase, Option, PortalPage, Shell } from "../../../../web/portal/model.ts";
import type { House } from "../../platform/house.ts";
import { languageOf, type Language } from "../../platform/http/language.ts";
import { builtFiles, webFolder } from "../assets/routes.ts";
import { rowOf, type CaseRow } from "../cases/queries.ts";

export type Render = (page: PortalPage) => string;
type Body<P> = P extends PortalPage ? Omit<P, keyof Shell> : never;
/** A page without its shell. */
export type PageBody = Body<PortalPage>;

/** Sends pages of the portal. */
export type Pages = {
  send(request: FastifyRequest, reply: FastifyReply, body: PageBody, status?: number): FastifyReply;
};

/** Loads the rendered portal and remembers preferences in cookies when a link asks for them. */
export async function portalPages(house: House): Promise<Pages> {
  const { renderPortal } = (await import(pathToFileURL(join(webFolder, "portal/render.js")).href)) as {
    renderPortal: Render;
  };
  const built = builtFiles();
  const [styles, script] = [built("portal/portal.css"), built("portal/enhance.ts")];
  return {
    send(request, reply, body, status = 200) {
      const query = request.query as { lang?: string; large?: string };
      const language = languageOf(request);
      const large = query.large === undefined ? request.cookies["linge-large"] === "1" : query.large === "1";
      const keep = { path: "/", maxAge: 365 * 86_400, sameSite: "lax", httpOnly: true } as const;
      if (query.lang) reply.setCookie("linge-language", language, keep);
      if (query.large !== undefined) reply.setCookie("linge-large", large ? "1" : "0", keep);
      const shell: Shell = {
        language,
        large,
        nonce: request.nonce,
        path: pathWithout(request.url),
        csrf: request.session?.csrf,
        demo: house.config.demo !== "off",
        signedIn: request.session?.residentId !== undefined,
        city: house.config.city,
        styles,
        script,
      };
      return reply
        .status(status)
        .type("text/html; charset=utf-8")
        .header("cache-control", "no-store")
        .send(renderPortal({ ...shell, ...body } as PortalPage));
    },
  };
}

/** The address without the words that set preferences, for links that set others. A form's answer has no address to return to. */
function pathWithout(url: string): string {
  const [path, query = ""] = url.split("?");
  const words = new URLSearchParams(query);
  words.delete("lang");
  words.delete("large");
  return words.size ? `${path}?${words}` : path!;
}

export function categoryName(house: House, id: string, language: Language): string {
  return house.settings.category(id)?.[language] ?? id;
}

export function named(house: House, row: CaseRow, language: Language): CaseRow & { categoryName: string } {
  return { ...row, categoryName: categoryName(house, row.categoryId, language) };
}

export function townships(house: House, language: Language): Option[] {
  return house.territory.children(house.config.city.code).flatMap((county) =>
    house.territory.children(county.code).map((area) => ({
      value: area.code,
      label: `${county.names[language] ?? county.names.zh} ${area.names[language] ?? area.names.zh}`,
    })),
  );
}

export function categoryGroups(house: House, language: Language): { family: string; options: Option[] }[] {
  const groups = Map.groupBy(house.settings.categories(), (category) => category.id.split(".")[0]!);
  return [...groups].map(([family, categories]) => ({
    family: house.settings.family(family)?.[language] ?? family,
    options: categories.map((category) => ({ value: category.id, label: category[language] })),
  }));
}

export function unitNames(house: House, language: Language): Record<string, string> {
  return Object.fromEntries(house.territory.units().map((unit) => [unit.id, unit[language]]));
}

const ratingMs = 14 * 86_400_000;

/** What the one who reported sees of his case. */
export function followCase(house: House, record: CaseRecord, language: Language): FollowCase {
  const { rating, reopening, closedAt } = record;
  const lead = record.orders.find(
    (order) => order.part === "lead" && order.answer && order.state !== "returned" && order.state !== "cancelled",
  );
  const open = closedAt !== undefined && house.clock() - Date.parse(closedAt) <= ratingMs;
  return {
    ...named(house, rowOf(house, record), language),
    fullText: record.text,
    answer: record.state === "responded" || record.state === "checking" || closedAt ? lead?.answer : undefined,
    ended: record.ended,
    closedAt,
    ratingOpen: open && !rating && (record.state === "closed" || record.state === "followedUp"),
    rating,
    reopening: reopening && { reason: reopening.reason, decided: reopening.decided },
    suspendedSince: record.clock.pausedSince,
    photos: record.photos,
  };
}
