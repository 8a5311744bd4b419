import { leastCount } from "@linge/domain/openData/release.ts";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import type { Pages } from "../portal/view.ts";
import { openReleases } from "./release.ts";

/** The page that says what there is and how it was made coarse. */
export function openDataPage(app: App, house: House, pages: Pages): void {
  app.get("/open-data", { config: { access: "anyone" } }, async (request, reply) => {
    const months = (await openReleases(house)).map(({ month, revision, cells }) => ({
      month,
      revision,
      cells: cells.length,
    }));
    return pages.send(request, reply, {
      page: "openData",
      months,
      least: leastCount,
      address: `${house.config.publicUrl}/ogc`,
    });
  });
}
