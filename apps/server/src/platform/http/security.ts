import { randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";

declare module "fastify" {
  interface FastifyRequest {
    /** Allows the one inline element that a rendered page may carry. */
    nonce: string;
  }
}

const always = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "geolocation=(self), camera=(self), microphone=(self)",
};

/** Strict content policy: our own files only, no inline script; maps need blob workers and data images. */
export function securityHeaders(app: FastifyInstance): void {
  app.decorateRequest("nonce", "");
  app.addHook("onRequest", async (request, reply) => {
    request.nonce = randomBytes(12).toString("base64");
    const policy = [
      "default-src 'self'",
      `script-src 'self' 'nonce-${request.nonce}'`,
      `style-src 'self' 'nonce-${request.nonce}'`,
      "img-src 'self' data: blob:",
      "media-src 'self' blob:",
      "worker-src 'self' blob:",
      "connect-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ];
    reply.headers({ ...always, "content-security-policy": policy.join("; ") });
  });
}
