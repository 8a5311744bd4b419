import { randomUUID } from "node:crypto";
import type { ReportCommand } from "@linge/domain/case/command.ts";
import { areaOf } from "../../apps/server/src/features/cases/place.ts";
import { reportCase } from "../../apps/server/src/features/cases/commands.ts";
import type { House } from "../../apps/server/src/platform/house.ts";

const resident = { id: "bench", kind: "anonymous", grants: [] } as const;

/** The whole command: place found, decided, and state, event, leaf and outbox written in one statement. */
export function report(house: House): Promise<unknown> {
  const place = { lon: 122.28 + Math.random() * 0.03, lat: 29.94 + Math.random() * 0.02, name: "沈家门" };
  const command: ReportCommand = {
    id: randomUUID(),
    caseId: randomUUID(),
    type: "report",
    kind: "help",
    categoryId: "facilities.streetLights",
    text: "滨港路的路灯灭了三天，晚上看不清路",
    place,
    ...areaOf(house, place),
    channel: "portal",
    reporter: { name: "王阿姨", phone: "13800001234", wantsContact: true },
  };
  return reportCase(house, resident, command);
}
