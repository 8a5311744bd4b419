import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Vectors of other programs lie beside the repository, or where LINGE_ORACLES says; without them their tests are skipped. */
const folder = process.env.LINGE_ORACLES ?? join(import.meta.dirname, "../../../../shared/data/oracles");

export const hasOracle = (name: string): boolean => existsSync(join(folder, "tlog", name));
export const readOracle = (name: string): string => readFileSync(join(folder, "tlog", name), "utf8");
