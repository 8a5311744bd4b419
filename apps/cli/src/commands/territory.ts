import { fileURLToPath } from "node:url";
import type { Command } from "../command.ts";
import { check } from "../territory/check.ts";
import { draw } from "../territory/draw.ts";
import { importTerritory } from "../territory/import.ts";

const pack = fileURLToPath(new URL("../../../../data/zhoushan", import.meta.url));

const actions: Record<string, (args: string[], defaultPack: string) => number> = {
  check,
  import: importTerritory,
  draw,
};

export const command: Command = {
  usage:
    "territory check [PACK | FILE …] [--from wgs84|gcj02|bd09] [--language zh]\n" +
    "linge territory import FILE … --from wgs84|gcj02|bd09 [--valid-from DAY] [--indicative] --out FILE\n" +
    "linge territory draw [PACK] --out FILE",
  summary: "Prove that areas cover their city; read a city's GeoJSON and CSV; draw demonstration grids.",
  async run([action = "", ...args]) {
    const chosen = Object.hasOwn(actions, action) ? actions[action] : undefined;
    try {
      if (!chosen) throw new Error(`say what to do: ${Object.keys(actions).join(", ")}`);
      return chosen(args, pack);
    } catch (error) {
      console.error(`linge territory: ${(error as Error).message}`);
      return 2;
    }
  },
};
