import Type from "typebox";
import type { App } from "./app.ts";
import type { House } from "../house.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { Refusal } from "./refusal.ts";

const schema = { response: { 200: Type.Object({ status: Type.String() }) } };

/** For whoever watches the process: is it alive, and can it work. */
export function healthRoutes(app: App, house: House): void {
  app.get("/healthz", { config: { access: "anyone" }, schema }, async () => ({ status: "ok" }));
  app.get("/readyz", { config: { access: "anyone" }, schema }, async () => {
    await house.pool.query("select 1").catch(() => {
      throw new Refusal(refuse("databaseUnavailable", {}));
    });
    return { status: "ready" };
  });
  app.get("/openapi.json", { config: { access: "anyone" }, schema: { hide: true } }, async () => app.swagger());
}
