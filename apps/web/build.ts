import react from "@vitejs/plugin-react";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build, type InlineConfig } from "vite";

const root = import.meta.dirname;
const shared: InlineConfig = { root, configFile: false, logLevel: "warn", plugins: [react()] };

// Pages of staff and the portal's few scripts and styles; names carry a hash, so browsers may keep them for a year.
const pages = ["desk.html"].filter((page) => existsSync(join(root, page)));
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
