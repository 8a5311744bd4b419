import { hear, type Heard } from "../command/clock.ts";
import type { Answer, Gap, Reason, SyncCommand } from "../command/command.ts";
import type { PushRequest } from "../protocol/message.ts";
import type { Branch, Decide, InboxChange, InboxSettings, InboxView, Kept } from "./kept.ts";

/** The work on one push: what was read, what is new, and how to decide. */
type Work = {
  branch: Branch;
  byId: Map<string, Kept>;
  slots: Map<number, string>;
  newKept: Map<string, Kept>;
  newSlots: Map<number, string>;
  settings: InboxSettings;
  decide: Decide;
};

const iso = (time: number): string => new Date(time).toISOString();

function begin(view: InboxView, branch: Branch, settings: InboxSettings, decide: Decide): Work {
  return {
    branch: { ...branch },
    byId: new Map(view.kept.map((kept) => [kept.id, kept])),
    slots: new Map(view.slots),
    newKept: new Map(),
    newSlots: new Map(),
    settings,
    decide,
  };
}

function keep(work: Work, kept: Kept): Answer {
  work.byId.set(kept.id, kept);
  work.newKept.set(kept.id, kept);
  return kept.answer;
}

function entry(work: Work, command: SyncCommand, heard: Heard, answer: Answer): Kept {
  return {
    id: command.id,
    worker: work.branch.worker,
    branch: work.branch.id,
    sequence: command.version.sequence,
    fingerprint: work.settings.fingerprint(command),
    answer,
    heard,
    ...(answer.outcome === "held" && { held: command }),
  };
}

const isParked = (kept: Kept): boolean =>
  kept.answer.outcome === "held" && kept.answer.why === "needsNewerServer" && kept.held !== undefined;

/** Whether an earlier command of this branch on the same record waits for a newer server: then this one waits with it. */
function behindParked(work: Work, command: SyncCommand): boolean {
  for (const kept of work.byId.values())
    if (
      isParked(kept) &&
      kept.branch === work.branch.id &&
      kept.held!.recordId === command.recordId &&
      kept.sequence < command.version.sequence
    )
      return true;
  return false;
}

function park(work: Work, command: SyncCommand, heard: Heard): Answer {
  const until = iso(Date.parse(heard.receivedAt) + work.settings.parkMs);
  const answer: Answer = { id: command.id, outcome: "held", until, why: "needsNewerServer" };
  return keep(work, entry(work, command, heard, answer));
}

/** Decides a command whose turn it is, or that waited in vain for what is `missing`. */
function apply(work: Work, command: SyncCommand, heard: Heard, missing?: Gap): Answer {
  if (behindParked(work, command)) return park(work, command, heard);
  const decision = work.decide(command, heard);
  if (decision === "notKnownHere") return park(work, command, heard);
  const { id } = command;
  const gap = missing && { missing };
  if (!decision.ok) {
    const because = decision.reason;
    const reason: Reason = missing ? { code: "earlierMissing", params: { because } } : because;
    return keep(work, entry(work, command, heard, { id, ...gap, outcome: "notAccepted", reason }));
  }
  const { version, result, conflicts } = decision;
  return keep(work, entry(work, command, heard, { id, ...gap, outcome: "accepted", version, result, conflicts }));
}

function hold(work: Work, command: SyncCommand, heard: Heard): Answer {
  const { now, holdMs } = work.settings;
  const missing = { from: work.branch.next, to: command.version.sequence - 1 };
  const answer: Answer = { id: command.id, outcome: "held", until: iso(now + holdMs), why: "earlierMissing", missing };
  return keep(work, entry(work, command, heard, answer));
}

/** Applies what was held for the numbers that have now come. */
function advance(work: Work, missing?: Gap): void {
  for (;;) {
    const id = work.slots.get(work.branch.next);
    if (id === undefined) return;
    const kept = work.byId.get(id);
    if (kept?.held && !isParked(kept) && kept.branch === work.branch.id) apply(work, kept.held, kept.heard, missing);
    work.branch.next += 1;
  }
}

/** Tries again what waited for a newer server, in order. */
function retryParked(work: Work): void {
  const waiting = [...work.byId.values()].filter((kept) => isParked(kept) && kept.branch === work.branch.id);
  for (const kept of waiting.sort((a, b) => a.sequence - b.sequence)) {
    const { held, heard, answer } = kept;
    work.byId.set(kept.id, { ...kept, held: undefined });
    const again = apply(work, held!, heard);
    if (again.outcome !== "held" || answer.outcome !== "held" || Date.parse(answer.until) > work.settings.now) continue;
    const reason = { code: "needsNewerServer", params: { type: held!.type } };
    keep(work, entry(work, held!, heard, { id: kept.id, outcome: "notAccepted", reason }));
  }
}

function take(work: Work, command: SyncCommand, sentAt: string): Answer | "forked" {
  const { sequence } = command.version;
  const taken = work.slots.get(sequence);
  if (taken !== undefined && taken !== command.id) return "forked";
  if (taken === undefined) {
    work.slots.set(sequence, command.id);
    work.newSlots.set(sequence, command.id);
  }
  const known = work.byId.get(command.id);
  if (!known) {
    const heard = hear(work.settings.now, sentAt, command.at);
    if (sequence <= work.branch.next) apply(work, command, heard);
    else hold(work, command, heard);
  }
  advance(work);
  const same =
    !known || (known.worker === work.branch.worker && known.fingerprint === work.settings.fingerprint(command));
  if (!same) return { id: command.id, outcome: "notAccepted", reason: { code: "idUsedDifferently", params: {} } };
  return work.byId.get(command.id)!.answer;
}

function end(work: Work, answers: Answer[], forked: boolean): InboxChange {
  const { branch, newKept, newSlots } = work;
  return { branch, kept: [...newKept.values()], slots: newSlots, answers, forked };
}

/**
 * Takes a push in. Every command gets one answer, the same however often it comes. Commands of a branch take effect in
 * the order of their sequence; one that comes before its turn is held and says until when. The caller writes the change
 * and the effects of `decide` in one transaction, and only then answers.
 * @param worker who is signed in; a branch belongs to the worker who used it first
 */
export function receive(
  view: InboxView,
  push: PushRequest,
  worker: string,
  decide: Decide,
  settings: InboxSettings,
): InboxChange {
  const branch = view.branch ?? { id: push.branch, worker, next: 1 };
  const work = begin(view, branch, settings, decide);
  if (branch.worker !== worker) return end(work, [], true);
  retryParked(work);
  const answered: string[] = [];
  const refusedNow = new Map<string, Answer>();
  const inOrder = [...push.commands].sort((a, b) => a.version.sequence - b.version.sequence);
  for (const command of inOrder) {
    const answer = take(work, command, push.sentAt);
    if (answer === "forked") return end(work, answersOf(work, answered, refusedNow), true);
    answered.push(command.id);
    if (work.byId.get(command.id)?.answer !== answer) refusedNow.set(command.id, answer);
  }
  return end(work, answersOf(work, answered, refusedNow), false);
}

/** Answers as they stand at the end: what was held at first may have been released by a later command of the same push. */
function answersOf(work: Work, ids: string[], refused: Map<string, Answer>): Answer[] {
  return ids.map((id) => refused.get(id) ?? work.byId.get(id)!.answer);
}

/**
 * Ends waiting that has lasted until its stated deadline: what was held is decided without what is missing, and
 * returned with the reason if it cannot stand alone.
 */
export function settleOverdue(view: InboxView, branch: Branch, decide: Decide, settings: InboxSettings): InboxChange {
  const work = begin(view, branch, settings, decide);
  retryParked(work);
  for (;;) {
    const overdue = [...work.byId.values()]
      .filter((kept) => kept.branch === branch.id && kept.held && !isParked(kept) && isOver(kept.answer, settings.now))
      .sort((a, b) => a.sequence - b.sequence)[0];
    if (!overdue) return end(work, [], false);
    const missing = { from: work.branch.next, to: overdue.sequence - 1 };
    work.branch.next = overdue.sequence;
    advance(work, missing);
  }
}

function isOver(answer: Answer, now: number): boolean {
  return answer.outcome === "held" && Date.parse(answer.until) <= now;
}
