import { createHmac, timingSafeEqual } from "node:crypto";
import type { House } from "../../platform/house.ts";

export type LinkPurpose = "follow" | "rating";

function signature(house: House, purpose: LinkPurpose, caseId: Buffer): Buffer {
  return createHmac("sha256", house.secret)
    .update(`${house.cityId}:${purpose}:`)
    .update(caseId)
    .digest()
    .subarray(0, 16);
}

/** Secret link to a case: whoever holds it may follow the case (or rate it) without an account. */
export function linkToken(house: House, purpose: LinkPurpose, caseId: string): string {
  const id = Buffer.from(caseId.replaceAll("-", ""), "hex");
  return Buffer.concat([id, signature(house, purpose, id)]).toString("base64url");
}

/** The case that a link is for; nothing when it was not made here. */
export function readLink(house: House, purpose: LinkPurpose, token: string): string | undefined {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== 32) return undefined;
  const id = bytes.subarray(0, 16);
  if (!timingSafeEqual(signature(house, purpose, id), bytes.subarray(16))) return undefined;
  const hex = id.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
