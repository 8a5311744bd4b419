/** What can be wrong with material of a log; stable, so that programs can tell the cases apart. */
export type TlogProblem =
  | "malformed"
  | "unknownKey"
  | "badSignature"
  | "badProof"
  | "missingTile"
  | "outOfRange"
  | "wrongOrigin";

/** Material of a log that cannot be accepted: `code` for programs, `message` for people. */
export class TlogError extends Error {
  readonly code: TlogProblem;
  constructor(code: TlogProblem, message: string) {
    super(message);
    this.code = code;
  }
}
