// `npm test`: what a newcomer types. Installs, checks types and lint, builds the pages, runs every test, counts.
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { install, run } from "./ready.mjs";
import { buildWeb } from "./web.mjs";

install();
const checks = [
  ["types", await run(["node_modules/typescript/bin/tsc", "-p", "tsconfig.json"])],
  ["lint", await run(["node_modules/oxlint/bin/oxlint", "--quiet"])],
];
await buildWeb();
const report = join(mkdtempSync(join(tmpdir(), "linge-test-")), "report.json");
const chosen = process.argv.slice(2);
const vitest = ["node_modules/vitest/vitest.mjs", "run", "--reporter=default", "--reporter=json"];
const code = await run([...vitest, `--outputFile.json=${report}`, ...chosen]);

const counted = JSON.parse(readFileSync(report, "utf8"));
let passed = counted.numPassedTests;
let failed =
  counted.numFailedTests +
  counted.testResults.filter((file) => file.status === "failed" && !file.assertionResults.length).length;
for (const [name, status] of checks) {
  if (status === 0) passed += 1;
  else {
    failed += 1;
    console.log(`${name}: did not pass`);
  }
}
if (code !== 0 && failed === 0) failed = 1;
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
