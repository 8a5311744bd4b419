import { explain, type LingeError } from "@linge/domain/error/catalogue.ts";
import type { FastifyRequest } from "fastify";
import { portalTexts } from "../../../../web/portal/texts.ts";
import type { App } from "../../platform/http/app.ts";
import { languageOf } from "../../platform/http/language.ts";
import type { Pages } from "./view.ts";

/** Addresses that programs ask for: their errors are data, whatever the client says it accepts. */
const forPrograms = /^\/(api|open311|ledger|assets|photos|field|desk|tiles|sync|openapi|healthz|readyz)\b/;

/** Whether somebody sits in front of a browser and waits for a page. */
export function wantsPage(request: FastifyRequest): boolean {
  return /\btext\/html\b/.test(request.headers.accept ?? "") && !forPrograms.test(request.url);
}

const titleOf = ({ code }: LingeError): "notFound" | "tooManyRequests" | "tooLarge" | "other" =>
  code === "notFound" || code === "tooManyRequests" || code === "tooLarge" ? code : "other";

/** Residents get a page for every error: what happened, what was kept, what to do. */
export function errorPages(app: App, pages: Pages): void {
  app.errorPage.send = (request, reply, reason) => {
    if (!wantsPage(request)) return undefined;
    const language = languageOf(request);
    const t = portalTexts[language].message;
    const hints = [request.method === "POST" && t.backHint, reason.status >= 500 && t.request(request.id)];
    return pages.send(
      request,
      reply,
      {
        page: "message",
        title: t[titleOf(reason)],
        text: explain(reason, language),
        small: hints.filter(Boolean).join(" ") || undefined,
      },
      reason.status,
    );
  };
}
