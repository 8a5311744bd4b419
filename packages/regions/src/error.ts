/** Why an input cannot be planned: `code` for programs, the message for people (it says what to change). */
export type RegionFault =
  | "no-blocks"
  | "duplicate-block"
  | "bad-number"
  | "unknown-block"
  | "self-link"
  | "asymmetric-link"
  | "short-perimeter"
  | "no-workload"
  | "bad-option"
  | "too-many-grids"
  | "too-many-parts"
  | "too-many-settled"
  | "incomplete-current";

export class RegionInputError extends Error {
  readonly code: RegionFault;
  constructor(code: RegionFault, message: string) {
    super(message);
    this.name = "RegionInputError";
    this.code = code;
  }
}
