import { install, run } from "./ready.mjs";
import { buildWeb } from "./web.mjs";

install();
await buildWeb();
process.exit(await run(["--disable-warning=ExperimentalWarning", "apps/server/src/main.ts", ...process.argv.slice(2)]));
