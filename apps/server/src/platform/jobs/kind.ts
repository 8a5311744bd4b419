import type { Tx } from "../db/database.ts";
import type { House } from "../house.ts";
import type { Asked } from "./queue.ts";

/** A job at hand, for the one who does it. */
export type Task = {
  key: string;
  payload: unknown;
  /** Aborted when the job was cancelled, when somebody else has it, or when the server stops. */
  signal: AbortSignal;
  /** Says how far it is; kept where every server can see it. */
  progress(done: number, of: number): void;
  /** Writes what was done and ends the job in one transaction: a second worker's work is rolled back. */
  finish(write: (tx: Tx) => Promise<void>): Promise<void>;
};

/** Quick jobs must not wait behind long ones, so each has its own line. */
export type Line = "quick" | "long";

/** How jobs of a kind are done. Work may be done twice by two workers, written once by one: it has to be repeatable. */
export type JobKind = {
  kind: string;
  line: Line;
  /** Tries before it is left as failed. */
  mostTries?: number;
  work(house: House, task: Task): Promise<void>;
};

/** Jobs that come with the clock: asked for by every server, done by one. */
export type Timetable = (house: House) => Promise<Asked[]>;
