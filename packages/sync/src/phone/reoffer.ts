import type { Gap } from "../command/command.ts";
import type { Entry } from "../outbox/entry.ts";
import type { StoreTx } from "../store/store.ts";
import { keepState, stateOf } from "./state.ts";

function sendAgain(tx: StoreTx, { key, command, tries }: Entry): void {
  tx.remove("settled", key);
  tx.put("outbox", key, { key, command, tries, state: "sent" } satisfies Entry);
}

/** Offers again whatever a restored server may have forgotten; what it still knows is answered and not done twice. */
export async function answerLost(tx: StoreTx): Promise<void> {
  for (const { value } of await tx.list<Entry>("settled")) if (value.state === "accepted") sendAgain(tx, value);
  for (const { value } of await tx.list<Entry>("outbox")) if (value.state === "notAccepted") sendAgain(tx, value);
  keepState(tx, { ...(await stateOf(tx)), answered: {} });
}

/** Offers again the accepted commands of a branch that the server says it misses or missed. */
export async function fillGap(tx: StoreTx, branch: string, { from, to }: Gap): Promise<void> {
  for (const { value } of await tx.list<Entry>("settled")) {
    const { version } = value.command;
    const missed = version.branch === branch && version.sequence >= from && version.sequence <= to;
    if (missed && value.state === "accepted") sendAgain(tx, value);
  }
}

/**
 * Leaves a branch whose numbers somebody else used: everything unsettled gets new numbers, in the same order and with
 * the same ids, in a branch that nobody has.
 */
export async function renumber(tx: StoreTx, forked: string, newId: () => string): Promise<void> {
  let state = await stateOf(tx);
  if (state.branch === forked) state = { ...state, branch: newId(), sequence: 0 };
  for (const { key, value: entry } of await tx.list<Entry>("outbox")) {
    const { command } = entry;
    if (command.version.branch !== forked || entry.state === "notAccepted") continue;
    state = { ...state, sequence: state.sequence + 1 };
    const version = { ...command.version, branch: state.branch, sequence: state.sequence };
    tx.put("outbox", key, { ...entry, state: "waiting", command: { ...command, version } } satisfies Entry);
  }
  keepState(tx, state);
}
