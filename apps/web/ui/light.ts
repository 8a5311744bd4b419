import type { Light } from "@linge/domain/case/light.ts";

/** Shape and word of a promise light: never colour alone. */
export const lights: Record<Light, { shape: string; zh: string; en: string }> = {
  green: { shape: "●", zh: "在期", en: "on time" },
  yellow: { shape: "◐", zh: "临期", en: "due soon" },
  red: { shape: "▲", zh: "超期", en: "overdue" },
  paused: { shape: "‖", zh: "挂起", en: "suspended" },
  done: { shape: "✓", zh: "已答复", en: "answered" },
};
