import { refuse } from "@linge/domain/error/catalogue.ts";
import type { App } from "../../platform/http/app.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import type { House } from "../../platform/house.ts";
import { readers, setters } from "./access.ts";
import { saveOnce } from "./budgetRoutes.ts";
import { currentDocument } from "./documents.ts";
import { listReports, reportById, summaryCsv, type Report } from "./reports.ts";
import { Id, Schedule } from "./schemas.ts";

/** Summaries that were written by themselves: listed, read, printed, taken away as a table. */
export function reportRoutes(app: App, house: House): void {
  app.get("/api/insight/reports", { config: { access: readers } }, async () => ({
    schedule: await currentDocument(house, "reportSchedule"),
    reports: await listReports(house),
  }));

  async function asked(id: string): Promise<Report> {
    const report = await reportById(house, id);
    if (!report) throw new Refusal(refuse("notFound", { what: "report" }));
    return report;
  }
  app.get("/api/insight/reports/:id", { config: { access: readers }, schema: { params: Id } }, async (request) =>
    asked(request.params.id),
  );

  app.get(
    "/api/insight/reports/:id/table.csv",
    { config: { access: readers }, schema: { params: Id } },
    async (request, reply) => {
      const { kind, first, last, document } = await asked(request.params.id);
      return reply
        .type("text/csv; charset=utf-8")
        .header("content-disposition", `attachment; filename="linge-${kind}-${first}-${last}.csv"`)
        .send(summaryCsv(house, document.summary, document.names));
    },
  );

  app.put("/api/insight/schedule", { config: { access: setters }, schema: { body: Schedule } }, async (request) => {
    const { id, schedule } = request.body;
    await saveOnce(house, request.actor, { id, type: "setReportSchedule" }, "reportSchedule", schedule);
    return { schedule: await currentDocument(house, "reportSchedule") };
  });
}
