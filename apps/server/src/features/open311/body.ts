import type { FastifyRequest } from "fastify";
import { decodePairs, notUtf8, type Pairs } from "./parameters.ts";
import { bad, Open311Refusal, problemsOf, refuseWith } from "./problem.ts";

/** What a POST carried: its parameters and the files that came with it. */
export type Body = { pairs: Pairs; photos: Buffer[] };

function checkCharset(request: FastifyRequest): void {
  const charset = /charset="?([^;"\s]+)/i.exec(request.headers["content-type"] ?? "")?.[1];
  if (charset && !/^utf-?8$/i.test(charset)) notUtf8();
}

async function readParts(request: FastifyRequest): Promise<Body> {
  const pairs: [string, string][] = [];
  const photos: Buffer[] = [];
  for await (const part of request.parts()) {
    if (part.type === "field") pairs.push([part.fieldname, String(part.value)]);
    else {
      const bytes = await part.toBuffer();
      if (bytes.length) photos.push(bytes);
    }
  }
  // Where bytes are not UTF-8, the form's reader has put U+FFFD in their place.
  if (pairs.some(([name, value]) => `${name}${value}`.includes("\ufffd"))) notUtf8();
  return { pairs, photos };
}

/** Reads a form of either encoding; files of any field name are photos. @throws Open311Refusal */
export async function readBody(request: FastifyRequest): Promise<Body> {
  checkCharset(request);
  if (!request.isMultipart())
    return { pairs: Buffer.isBuffer(request.body) ? decodePairs(request.body) : [], photos: [] };
  try {
    return await readParts(request);
  } catch (error) {
    if (error instanceof Open311Refusal) throw error;
    const problems = problemsOf(error);
    if (problems[0]?.status !== 500) throw new Open311Refusal(problems);
    throw new Open311Refusal([bad("表单不完整，没有保存。", "The form is incomplete; nothing was saved.")]);
  }
}

/** Links to media, which are kept as text: fetching them would let a stranger send this server anywhere. */
export function mediaLinks(links: readonly string[]): string[] {
  for (const link of links) {
    const known = URL.canParse(link) && /^https?:$/.test(new URL(link).protocol) && link.length <= 2000;
    if (!known) refuseWith(400, "media_url 要是 http 或 https 网址。", "media_url must be an http or https address.");
  }
  return links.slice(0, 6);
}
