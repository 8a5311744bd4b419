import type { CaseSignal } from "../../features/cases/signal.ts";

type Listener = (signal: CaseSignal) => void;

/** Tells open pages that a case changed. Only identifiers travel: a page asks for what it may see. */
export type LiveHub = { publish(signal: CaseSignal): void; subscribe(listener: Listener): () => void };

export function liveHub(): LiveHub {
  const listeners = new Set<Listener>();
  return {
    publish(signal) {
      for (const listener of listeners) listener(signal);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
