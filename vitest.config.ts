import { defineConfig } from "vitest/config";

/** Three projects: kernels need nothing, behaviours need a database, journeys need a browser as well. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "kernels",
          setupFiles: ["tests/support/seed.ts"],
          include: ["packages/*/tests/**/*.test.ts"],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "behaviours",
          setupFiles: ["tests/support/seed.ts"],
          include: ["tests/{behaviours,refusals,faults,command-line}/**/*.test.ts"],
          globalSetup: ["tests/support/database.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: "journeys",
          setupFiles: ["tests/support/seed.ts"],
          include: ["tests/journeys/**/*.test.ts"],
          expect: { poll: { timeout: 10_000 } },
          globalSetup: ["tests/support/database.ts", "tests/support/browser.ts"],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: 1,
          fileParallelism: false,
        },
      },
    ],
  },
});
