import type { TestHouse } from "../../support/house.ts";

/** A page that a browser without scripts was shown. */
export type Shown = { status: number; text: string; location: string };

/** A browser without scripts: it sends forms as they stand on a page, and follows where it is sent. */
export function plainBrowser(made: TestHouse, cookie = "") {
  const headers = { accept: "text/html,application/xhtml+xml", ...(cookie && { cookie }) };
  const shown = (answer: { statusCode: number; body: string; headers: Record<string, unknown> }): Shown => ({
    status: answer.statusCode,
    text: answer.body,
    location: String(answer.headers.location ?? ""),
  });
  return {
    get: async (url: string): Promise<Shown> => shown(await made.app.inject({ url, headers })),
    post: async (url: string, fields: Record<string, string>): Promise<Shown> =>
      shown(
        await made.app.inject({
          method: "POST",
          url,
          headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
          payload: new URLSearchParams(fields).toString(),
        }),
      ),
    async postFiles(url: string, fields: Record<string, string>, files: Buffer[], name = "pictures"): Promise<Shown> {
      const form = new FormData();
      for (const file of files) form.append(name, new Blob([new Uint8Array(file)]), "photo.jpg");
      for (const [field, value] of Object.entries(fields)) form.append(field, value);
      const body = new Response(form);
      return shown(
        await made.app.inject({
          method: "POST",
          url,
          headers: { ...headers, "content-type": body.headers.get("content-type")! },
          payload: Buffer.from(await body.arrayBuffer()),
        }),
      );
    },
  };
}

const unescape = (text: string): string =>
  text
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

/** The hidden fields of the form on a page. */
export function hidden(page: string): Record<string, string> {
  return Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name!,
      unescape(value!),
    ]),
  );
}

/** The number that a page shows large. */
export const numberOn = (page: string): string => /class="number">([^<]+)/.exec(page)?.[1] ?? "";

/** An answer to each question on a page that offers choices: the first of them. */
export function answersOn(page: string): Record<string, string> {
  const choices = [...page.matchAll(/name="(answer-[^"]+)" value="([^"]+)"/g)].toReversed();
  return Object.fromEntries(choices.map(([, name, value]) => [name!, value!]));
}
