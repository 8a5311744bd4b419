import type { House } from "../../platform/house.ts";
import { readLink } from "../cases/links.ts";
import type { Ask } from "./ask.ts";
import type { Plain } from "./document.ts";
import { refuseWith } from "./problem.ts";

/**
 * GET tokens/:token. Requests get their id at once, so no token is ever needed; the one in the link to follow a
 * request is understood, so that a client that kept only the link finds the id.
 */
export async function requestOfToken(house: House, { name }: Ask): Promise<Plain> {
  const caseId = name.length === 43 ? readLink(house, "follow", name) : undefined;
  const found =
    caseId &&
    (await house.db
      .selectFrom("cases")
      .select("number")
      .where("city_id", "=", house.cityId)
      .where("id", "=", caseId)
      .executeTakeFirst());
  if (!found) return refuseWith(404, "没有这个 token。", "The token was not found.");
  return [{ service_request_id: found.number, token: name }];
}
