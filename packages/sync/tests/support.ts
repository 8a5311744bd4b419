import { contentOf, type SyncCommand } from "../src/command/command.ts";
import type { Decide, InboxSettings, InboxView } from "../src/inbox/kept.ts";
import { receive } from "../src/inbox/receive.ts";
import { openPhone, type PhoneOptions } from "../src/phone/phone.ts";
import type { Answer } from "../src/command/command.ts";
import type { PushRequest, PushResponse } from "../src/protocol/message.ts";
import { memoryStore } from "../src/store/memory.ts";

export const noon = Date.parse("2026-11-23T04:00:00Z");
export const protocol = { major: 1, minor: 0 };

/** A phone with ids that count up. */
export async function aPhone(change: Partial<PhoneOptions> = {}) {
  let made = 0;
  return openPhone({
    store: memoryStore(),
    worker: "hai",
    newId: () => `id${(made += 1)}`,
    clock: () => noon,
    ...change,
  });
}

export const note = (recordId = "r1", text = "灯亮了") => ({ kind: "request", recordId, type: "note", data: { text } });

export function aCommand(sequence: number, change: Partial<SyncCommand> = {}): SyncCommand {
  return {
    id: `c${sequence}`,
    ...note(),
    version: { base: 0, branch: "b1", sequence },
    at: new Date(noon).toISOString(),
    ...change,
  };
}

export const settings = (now = noon): InboxSettings => ({
  now,
  holdMs: 3_600_000,
  parkMs: 86_400_000,
  fingerprint: contentOf,
});

/** A server that keeps what the inbox says, and accepts everything unless it is told otherwise. */
export function anInbox(decide: Decide = () => ({ ok: true, version: 1 })) {
  const done: string[] = [];
  let view: InboxView = { kept: [], slots: new Map() };
  const deciding: Decide = (command, heard) => {
    const decision = decide(command, heard);
    if (decision !== "notKnownHere" && decision.ok) done.push(command.id);
    return decision;
  };
  const keep = (change: ReturnType<typeof receive>): void => {
    const ids = new Set(change.kept.map(({ id }) => id));
    view = {
      branch: change.branch,
      kept: [...view.kept.filter(({ id }) => !ids.has(id)), ...change.kept],
      slots: new Map([...view.slots, ...change.slots]),
    };
  };
  return {
    done,
    view: () => view,
    keep,
    deciding,
    push(commands: SyncCommand[], now = noon, worker = "hai", sentAt = new Date(noon).toISOString()) {
      const request: PushRequest = { protocol, branch: "b1", sentAt, commands };
      const change = receive(view, request, worker, deciding, settings(now));
      keep(change);
      return change;
    },
  };
}

export const answering = (answers: Answer[], forked = false): PushResponse => ({
  protocol,
  time: new Date(noon).toISOString(),
  answers,
  forked,
});
