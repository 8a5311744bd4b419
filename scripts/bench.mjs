// `npm run bench [name]`: every *.bench.ts exports `rows()`; prints target beside measured, `--write` keeps the table.
import { install, run } from "./ready.mjs";
import { buildWeb } from "./web.mjs";

install();
await buildWeb();
process.exit(
  await run([
    "--expose-gc",
    "--disable-warning=ExperimentalWarning",
    "scripts/bench/main.ts",
    ...process.argv.slice(2),
  ]),
);
