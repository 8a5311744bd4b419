import react from "@vitejs/plugin-react";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build, type InlineConfig } from "vite";

const root = import.meta.dirname;
const shared: InlineConfig = { root, configFile: false, logLevel: "warn", plugins: [react()] };

// Pages of staff and the portal's few scripts and styles; names carry a hash, so browsers may keep them for a year.
const pages = ["desk.html", "field.html"].filter((page) => existsSync(join(root, page)));
rmSync(join(root, "dist"), { recursive: true, force: true });
await build({
  ...shared,
  build: {
    outDir: "dist/client",
    manifest: "manifest.json",
    chunkSizeWarningLimit: 1200,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: [...pages, "portal/portal.css", "portal/enhance.ts"] },
  },
});

// The portal is rendered on the server and sends no React to anybody.
await build({
  ...shared,
  build: {
    ssr: "portal/render.tsx",
    outDir: "dist/portal",
    rollupOptions: { output: { entryFileNames: "render.js" } },
  },
  ssr: { noExternal: true },
});

// The field app's worker knows by name every file that the shell needs.
type Chunk = { file: string; css?: string[]; imports?: string[] };
const manifest = JSON.parse(readFileSync(join(root, "dist/client/manifest.json"), "utf8")) as Record<string, Chunk>;
const shell = new Set<string>();
const collect = (key: string): void => {
  const chunk = manifest[key]!;
  for (const file of [chunk.file, ...(chunk.css ?? [])]) shell.add(`/${file}`);
  chunk.imports?.forEach(collect);
};
collect("field.html");
const fixed = readdirSync(join(root, "field/fixed"));
const files = ["/field", ...fixed.map((file) => `/field/${file}`), ...shell];
const version = createHash("sha256")
  .update(readFileSync(join(root, "dist/client/field.html")))
  .update(files.join())
  .digest("hex")
  .slice(0, 12);
await build({
  ...shared,
  define: { SHELL: JSON.stringify({ version, files }) },
  build: {
    outDir: "dist/field",
    copyPublicDir: false,
    rollupOptions: { input: "field/sw.ts", output: { entryFileNames: "sw.js" } },
  },
});
for (const file of fixed) copyFileSync(join(root, "field/fixed", file), join(root, "dist/field", file));

// What every visitor loads is packed once, here, as small as it gets.
const assets = join(root, "dist/client/assets");
for (const file of readdirSync(assets).filter((name) => /\.(js|mjs|css|svg)$/.test(name))) {
  const bytes = readFileSync(join(assets, file));
  writeFileSync(join(assets, `${file}.gz`), gzipSync(bytes, { level: 9 }));
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 10 };
  writeFileSync(join(assets, `${file}.br`), brotliCompressSync(bytes, { params: quality }));
}
