export * from "./command/clock.ts";
export * from "./command/command.ts";
export * from "./inbox/kept.ts";
export * from "./inbox/receive.ts";
export * from "./json.ts";
export * from "./merge/document.ts";
export * from "./merge/edit.ts";
export * from "./outbox/batch.ts";
export * from "./outbox/entry.ts";
export * from "./outbox/file.ts";
export * from "./phone/exchange.ts";
export * from "./phone/phone.ts";
export { AnotherWorker, type PhoneState } from "./phone/state.ts";
export { overlay, previewEdit, type Preview, type Seen } from "./phone/view.ts";
export * from "./photo/upload.ts";
export { readResponse, retryAfter } from "./protocol/message.ts";
export type {
  Heard as HeardBack,
  PullRequest,
  PullResponse,
  PushRequest,
  PushResponse,
  Transport,
  Trouble,
} from "./protocol/message.ts";
export * from "./protocol/protocol.ts";
export * from "./pull/cursor.ts";
export * from "./pull/page.ts";
export * from "./pull/pull.ts";
export * from "./scope/report.ts";
export * from "./scope/scope.ts";
export * from "./store/memory.ts";
export * from "./store/store.ts";
