import { install, run } from "./ready.mjs";

install();
const types = await run(["node_modules/typescript/bin/tsc", "-p", "tsconfig.json"]);
const lint = await run(["node_modules/oxlint/bin/oxlint", "--quiet"]);
process.exit(types || lint);
