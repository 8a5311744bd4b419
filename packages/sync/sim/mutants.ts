import { mergeEdit, type Edit } from "../src/merge/edit.ts";
import { emptyDocument, type FieldDocument } from "../src/merge/document.ts";
import type { InboxView } from "../src/inbox/kept.ts";
import { pullPage } from "../src/pull/pull.ts";
import { receive } from "../src/inbox/receive.ts";
import type { Parts } from "./run.ts";
import { realParts } from "./server.ts";

/** A mistake that somebody could make in the kernel or around it, and the promise that it should be seen to break. */
export type Mutant = { mistake: string; breaks: RegExp; parts: () => Parts };

const server = (change: Partial<Parts["server"]>): Parts => ({ server: { ...realParts, ...change } });

const lastWriterWins = (document: FieldDocument | undefined, edit: Edit) => ({
  ...mergeEdit(document ?? emptyDocument, { ...edit, versions: { ...edit.versions, base: Number.MAX_SAFE_INTEGER } }),
});

export const mutants: readonly Mutant[] = [
  {
    mistake: "the server does not look whether it has done a command",
    breaks: /none applied twice/,
    parts: () =>
      server({
        receive: (view, push, worker, decide, settings) => {
          const forgetful: InboxView = { ...view, kept: view.kept.filter(({ held }) => held) };
          return receive(forgetful, push, worker, decide, settings);
        },
      }),
  },
  {
    mistake: "the server takes commands as they come, whatever their number",
    breaks: /in its order/,
    parts: () =>
      server({
        receive: (view, push, worker, decide, settings) => {
          const branch = { id: push.branch, worker, next: 1_000_000 };
          return receive({ ...view, branch: view.branch ?? branch }, push, worker, decide, settings);
        },
      }),
  },
  {
    mistake: "the phone's clock decides which value is newer",
    breaks: /changed twice is flagged/,
    parts: () =>
      server({
        merge: (document, edit) => {
          const fields = Object.values(document?.fields ?? {});
          const older = fields.some(({ saidAt }) => saidAt > edit.heard.saidAt);
          if (!older || !document) return mergeEdit(document, edit);
          return { document: { ...document, version: document.version + 1 }, flagged: [], superseded: [] };
        },
      }),
  },
  {
    mistake: "the last writer wins and nobody is told",
    breaks: /changed twice is flagged/,
    parts: () => server({ merge: lastWriterWins }),
  },
  {
    mistake: "a cursor of a timeline that is gone is believed",
    breaks: /replicas converge/,
    parts: () =>
      server({
        pullPage: (feed, from, settings) => pullPage({ ...feed, knows: async () => true }, from, settings),
      }),
  },
  {
    mistake: "a reassigned worker keeps his old walk",
    breaks: /replicas converge/,
    parts: () =>
      server({
        pullPage: (feed, from, settings) => pullPage(feed, from, { ...settings, scopeKey: "everybody" }),
      }),
  },
  {
    mistake: "what moved away is not taken off the phone",
    breaks: /should have left/,
    parts: () => ({
      server: realParts,
      onPull: async (_sim, response) => ({ ...response, page: { ...response.page, removed: [] } }),
    }),
  },
  {
    mistake: "the phone takes any page for an answer to its last question",
    breaks: /replicas converge/,
    parts: () => ({
      server: realParts,
      onPull: async (sim, response) => {
        const { cursor } = await sim.phone.state();
        return { ...response, page: { ...response.page, from: cursor } };
      },
    }),
  },
  {
    mistake: "the phone forgets a command once it is sent",
    breaks: /vanishes from its phone|acknowledged/,
    parts: () => ({
      server: realParts,
      afterSend: (sim, request) =>
        sim.store.transact(async (tx) => {
          const ids = new Set(request.commands.map(({ id }) => id));
          for (const { key, value } of await tx.list<{ command: { id: string } }>("outbox"))
            if (ids.has(value.command.id)) tx.remove("outbox", key);
        }),
    }),
  },
  {
    mistake: "the phone throws away what was not accepted",
    breaks: /vanishes from its phone/,
    parts: () => ({
      server: realParts,
      afterSend: (sim) =>
        sim.store.transact(async (tx) => {
          for (const { key, value } of await tx.list<{ state: string }>("outbox"))
            if (value.state === "notAccepted") tx.remove("outbox", key);
        }),
    }),
  },
  {
    mistake: "the phone takes being heard for being accepted",
    breaks: /accepted is done|not done/,
    parts: () => ({
      server: realParts,
      onPush: (_sim, response) => ({
        ...response,
        answers: response.answers.map(({ id }) => ({ id, outcome: "accepted" as const, version: 1 })),
      }),
    }),
  },
  {
    mistake: "a restored server does not say so",
    breaks: /accepted is done|acknowledged|not done/,
    parts: () => ({
      server: {
        ...realParts,
        pullPage: async (feed, from, settings) => ({ ...(await pullPage(feed, from, settings)), restored: false }),
      },
      onPush: (_sim, response) => ({
        ...response,
        answers: response.answers.map((answer) => ({ ...answer, missing: undefined })),
      }),
    }),
  },
];
