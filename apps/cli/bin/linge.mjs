#!/usr/bin/env node
import { install, run } from "../../../scripts/ready.mjs";

install();
process.exit(
  await run(["--disable-warning=ExperimentalWarning", "apps/cli/src/main.ts", ...process.argv.slice(2)], {
    env: { LINGE_CALLED_FROM: process.cwd() },
  }),
);
