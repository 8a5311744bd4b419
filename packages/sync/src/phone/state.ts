import type { StoreTx } from "../store/store.ts";

/** What one worker's store on one phone knows of itself. */
export type PhoneState = {
  worker: string;
  branch: string;
  /** Last number given in the branch. */
  sequence: number;
  /** Last place given in the outbox. */
  order: number;
  cursor: string;
  /** The walk that the records were last stamped with. */
  walk: string;
  capped: boolean;
  /** Highest number in each branch of this phone to which a final answer came. */
  answered: Readonly<Record<string, number>>;
  /** Records held, and the earliest server time at which one of them expires. */
  size: number;
  nextExpiry?: string;
  /** Server's time at the last contact, and by how much the phone's clock differed (ms, server − phone). */
  lastContact?: string;
  driftMs?: number;
};

/** The store belongs to somebody else: each worker has a store of his own on a phone. */
export class AnotherWorker extends Error {}

/** Reads the phone's state inside a transaction. */
export async function stateOf(tx: StoreTx): Promise<PhoneState> {
  return (await tx.get<PhoneState>("phone", "state"))!;
}

export function keepState(tx: StoreTx, state: PhoneState): void {
  tx.put("phone", "state", state);
}

/** Opens the store for a worker; the first time it gives this installation its branch. @throws AnotherWorker */
export async function openState(tx: StoreTx, worker: string, newId: () => string): Promise<PhoneState> {
  const known = await tx.get<PhoneState>("phone", "state");
  if (known && known.worker !== worker) throw new AnotherWorker("this store belongs to another worker");
  if (known) return known;
  const nothing = { sequence: 0, order: 0, cursor: "", walk: "", capped: false, answered: {}, size: 0 };
  const state: PhoneState = { worker, branch: newId(), ...nothing };
  keepState(tx, state);
  return state;
}
