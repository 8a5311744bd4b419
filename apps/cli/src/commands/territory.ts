import { fileURLToPath } from "node:url";
import type { Command } from "../command.ts";
import { draw } from "../territory/draw.ts";

const pack = fileURLToPath(new URL("../../../../data/zhoushan", import.meta.url));

const actions: Record<string, (args: string[], defaultPack: string) => number> = { draw };

export const command: Command = {
  usage: "territory draw [PACK] --out FILE",
  summary: "Draw demonstration grids into a city pack's townships.",
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
