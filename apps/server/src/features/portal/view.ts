import type { FastifyReply, FastifyRequest } from "fastify";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import type { NamedRow, Option, PortalPage, QuestionsPart, Shell } from "../../../../web/portal/model.ts";
import type { House } from "../../platform/house.ts";
import { languageOf, type Language } from "../../platform/http/language.ts";
import { builtFiles, webFolder } from "../assets/routes.ts";
import type { CaseRow } from "../cases/queries.ts";

type Rendering = { renderPortal(page: PortalPage): string; renderQuestions(part: QuestionsPart): string };
type Body<P> = P extends PortalPage ? Omit<P, keyof Shell> : never;
/** A page without its shell. */
export type PageBody = Body<PortalPage>;

/** Sends pages of the portal, and the one part of a page that is asked for alone. */
export type Pages = {
  send(request: FastifyRequest, reply: FastifyReply, body: PageBody, status?: number): FastifyReply;
  sendPart(reply: FastifyReply, part: QuestionsPart): FastifyReply;
};

/** Loads the rendered portal and remembers preferences in cookies when a link asks for them. */
export async function portalPages(house: House): Promise<Pages> {
  const { renderPortal, renderQuestions } = (await import(
    pathToFileURL(join(webFolder, "portal/render.js")).href
  )) as Rendering;
  const built = builtFiles();
  // A page carries its few kilobytes of style itself: on a slow line the way there and back costs more than they do.
  const styles = readFileSync(join(webFolder, "client", built("portal/portal.css")), "utf8").trim();
  const script = built("portal/enhance.ts");
  const page = (reply: FastifyReply, status: number): FastifyReply =>
    reply.status(status).type("text/html; charset=utf-8").header("cache-control", "no-store");
  const packed = (request: FastifyRequest, reply: FastifyReply, html: string): FastifyReply => {
    // A page with a secret of its reader in it is not packed: its length would tell of the secret (BREACH).
    if (request.session || !/\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""))) return reply.send(html);
    return reply.header("content-encoding", "gzip").header("vary", "accept-encoding").send(gzipSync(html));
  };
  return {
    send(request, reply, body, status = 200) {
      const query = (request.query ?? {}) as { lang?: string; large?: string };
      const language = languageOf(request);
      const large = query.large === undefined ? request.cookies?.["linge-large"] === "1" : query.large === "1";
      const keep = { path: "/", maxAge: 365 * 86_400, sameSite: "lax", httpOnly: true } as const;
      if (query.lang) reply.setCookie("linge-language", language, { ...keep, httpOnly: false });
      if (query.large !== undefined) reply.setCookie("linge-large", large ? "1" : "0", keep);
      const shell: Shell = {
        language,
        large,
        nonce: request.nonce,
        path: pathAgain(request),
        csrf: request.session?.csrf,
        demo: house.config.demo !== "off",
        signedIn: request.session?.residentId !== undefined,
        city: house.config.city,
        styles,
        script,
      };
      return packed(request, page(reply, status), renderPortal({ ...shell, ...body } as PortalPage));
    },
    sendPart: (reply, part) => page(reply, 200).send(renderQuestions(part)),
  };
}

/**
 * Where a page can be asked for again, without the words that set preferences. The answer to a form is at the address
 * of the page that the form stood on.
 */
function pathAgain({ url, method }: FastifyRequest): string {
  const [path = "/", query = ""] = url.split("?");
  if (method !== "GET") return path.startsWith("/f/") ? path.slice(0, 46) : `/${path.split("/")[1]}`;
  const words = new URLSearchParams(query);
  for (const word of ["lang", "large", "saved"]) words.delete(word);
  return words.size ? `${path}?${words}` : path;
}

export function categoryName(house: House, id: string, language: Language): string {
  return house.settings.category(id)?.[language] ?? id;
}

export function named(house: House, row: CaseRow, language: Language): NamedRow {
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
