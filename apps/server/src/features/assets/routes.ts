import fastifyStatic from "@fastify/static";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Type from "typebox";
import type { App } from "../../platform/http/app.ts";

export const webFolder = join(import.meta.dirname, "../../../../web/dist");

/** The field app's own files, at addresses that never change: its worker may serve only what lies beside it. */
const fieldFiles = [
  ["sw.js", "text/javascript; charset=utf-8"],
  ["app.webmanifest", "application/manifest+json"],
  ["icon.svg", "image/svg+xml"],
  ["icon-192.png", "image/png"],
  ["icon-512.png", "image/png"],
  ["icon-maskable.png", "image/png"],
] as const;

type Manifest = Record<string, { file: string }>;

/** Addresses of built files by the name of their source. @throws Error when the pages were not built */
export function builtFiles(): (source: string) => string {
  const manifest = JSON.parse(readFileSync(join(webFolder, "client/manifest.json"), "utf8")) as Manifest;
  return (source) => {
    const entry = manifest[source];
    if (!entry) throw new Error(`${source} is not among the built pages: run npm start, which builds them`);
    return `/${entry.file}`;
  };
}

/** Built files with their hashes in their names (kept for a year), and the shells of the staff's pages (never kept). */
export async function assetRoutes(app: App): Promise<void> {
  await app.register(fastifyStatic, { root: join(webFolder, "client/assets"), serve: false, preCompressed: true });
  const kept = { immutable: true, maxAge: "365d" };
  app.get(
    "/assets/:file",
    {
      config: { access: "anyone", rateLimit: false },
      schema: { hide: true, params: Type.Object({ file: Type.String({ pattern: "^[\\w.-]+$" }) }) },
    },
    (request, reply) => reply.sendFile(request.params.file, kept),
  );
  for (const [file, type] of fieldFiles)
    app.get(`/field/${file}`, { config: { access: "anyone" }, schema: { hide: true } }, (_request, reply) =>
      reply
        .type(type)
        .header("cache-control", "no-cache")
        .header("service-worker-allowed", "/field")
        .send(readFileSync(join(webFolder, "field", file))),
    );
  for (const page of ["desk", "field"]) {
    const send = async (
      _request: unknown,
      reply: { type(type: string): { header(name: string, value: string): { send(body: Buffer): unknown } } },
    ) =>
      reply
        .type("text/html; charset=utf-8")
        .header("cache-control", "no-store")
        .send(readFileSync(join(webFolder, `client/${page}.html`)));
    app.get(`/${page}`, { config: { access: "anyone" }, schema: { hide: true } }, send);
    app.get(`/${page}/*`, { config: { access: "anyone" }, schema: { hide: true } }, send);
  }
}
