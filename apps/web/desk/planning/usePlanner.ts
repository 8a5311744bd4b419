import type { PlanOptions, PlanResult, RegionFault, RegionInput } from "@linge/regions";
import { useEffect, useRef, useState } from "react";

export type ToPlanner = { kind: "plan"; input: RegionInput; options: PlanOptions } | { kind: "stop" };
export type FromPlanner =
  | { kind: "progress"; done: number }
  | { kind: "done"; result: PlanResult }
  | { kind: "refused"; code: RegionFault };

export type Search = { running: boolean; done: number; result?: PlanResult; refused?: RegionFault | "failed" };
const idle: Search = { running: false, done: 0 };

/** Plans from a worker of its own; a new search ends the one before, and `stop` hands over the best so far. */
export function usePlanner(): Search & { look: (input: RegionInput, options: PlanOptions) => void; stop: () => void } {
  const [search, setSearch] = useState<Search>(idle);
  const worker = useRef<Worker>(undefined);
  const end = (): void => {
    worker.current?.terminate();
    worker.current = undefined;
  };
  useEffect(() => end, []);
  const look = (input: RegionInput, options: PlanOptions): void => {
    end();
    setSearch({ running: true, done: 0 });
    const started = new Worker(new URL("./planWorker.ts", import.meta.url), { type: "module" });
    worker.current = started;
    started.addEventListener("message", ({ data }: MessageEvent<FromPlanner>) => {
      if (data.kind === "progress")
        return setSearch((before) => ({ ...before, done: Math.max(before.done, data.done) }));
      end();
      setSearch(data.kind === "done" ? { ...idle, result: data.result } : { ...idle, refused: data.code });
    });
    started.addEventListener("error", () => {
      end();
      setSearch({ ...idle, refused: "failed" });
    });
    started.postMessage({ kind: "plan", input, options } satisfies ToPlanner);
  };
  return { ...search, look, stop: () => worker.current?.postMessage({ kind: "stop" } satisfies ToPlanner) };
}
