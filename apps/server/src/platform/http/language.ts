import type { FastifyRequest } from "fastify";

export type Language = "zh" | "en";

/** Language of an answer: what the reader chose, else what the browser asks for, else Chinese. */
export function languageOf(request: FastifyRequest): Language {
  const chosen = (request.query as { lang?: string } | undefined)?.lang ?? request.cookies?.["linge-language"];
  if (chosen === "zh" || chosen === "en") return chosen;
  return /^\s*en\b/i.test(request.headers["accept-language"] ?? "") ? "en" : "zh";
}
