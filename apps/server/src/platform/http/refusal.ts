import type { LingeError } from "@linge/domain/error/catalogue.ts";

/** Carries an error of the catalogue out of a command or query; the HTTP rim turns it into an answer. */
export class Refusal extends Error {
  readonly reason: LingeError;

  constructor(reason: LingeError) {
    super(reason.code);
    this.reason = reason;
  }
}
