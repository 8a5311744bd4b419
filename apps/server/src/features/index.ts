import type { App } from "../platform/http/app.ts";
import type { House } from "../platform/house.ts";
import { assetRoutes } from "./assets/routes.ts";
import { caseRoutes } from "./cases/routes.ts";
import { credentialRoutes } from "./credentials/routes.ts";
import { monthlyFigureRoutes } from "./figures/monthlyRoutes.ts";
import { figureRoutes } from "./figures/routes.ts";
import { insightRoutes } from "./insight/routes.ts";
import { ledgerRoutes } from "./ledger/routes.ts";
import { liveRoutes } from "./live/routes.ts";
import { openDataRoutes } from "./openData/routes.ts";
import { open311Routes } from "./open311/routes.ts";
import { overviewRoutes } from "./overview/routes.ts";
import { peopleRoutes } from "./people/routes.ts";
import { photoRoutes } from "./photos/routes.ts";
import { planningRoutes } from "./planning/routes.ts";
import { portalRoutes } from "./portal/routes.ts";
import { privacyRoutes } from "./privacy/routes.ts";
import { publicRoutes } from "./public/routes.ts";
import { recordingRoutes } from "./recordings/routes.ts";
import { sessionRoutes } from "./sessions/routes.ts";
import { settingsRoutes } from "./settings/routes.ts";
import { suggestRoutes } from "./suggest/routes.ts";
import { phoneRoutes } from "./phones/routes.ts";
import { syncRoutes } from "./sync/routes.ts";
import { territoryAdminRoutes } from "./territory/adminRoutes.ts";
import { territoryRoutes } from "./territory/routes.ts";
import { viewRoutes } from "./views/routes.ts";
import { tileRoutes } from "./tiles/routes.ts";
import { visitRoutes } from "./visits/routes.ts";

/** Every feature of the house, in the order of its nouns. */
export async function registerFeatures(app: App, house: House): Promise<void> {
  for (const routes of [
    caseRoutes,
    credentialRoutes,
    figureRoutes,
    insightRoutes,
    ledgerRoutes,
    liveRoutes,
    monthlyFigureRoutes,
    openDataRoutes,
    overviewRoutes,
    peopleRoutes,
    phoneRoutes,
    photoRoutes,
    planningRoutes,
    privacyRoutes,
    publicRoutes,
    recordingRoutes,
    sessionRoutes,
    settingsRoutes,
    suggestRoutes,
    territoryAdminRoutes,
    territoryRoutes,
    viewRoutes,
    tileRoutes,
    visitRoutes,
  ])
    routes(app, house);
  await assetRoutes(app);
  await open311Routes(app, house);
  await syncRoutes(app, house);
  await portalRoutes(app, house);
}
