import type { House } from "./house.ts";

/** Does something again and again, one at a time, until stopped; what fails is logged and tried next time. */
export function keepDoing(
  house: House,
  what: string,
  everyMs: number,
  act: () => Promise<unknown>,
): { stop(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = act()
      .catch((error: unknown) => house.log.warn({ err: error }, what))
      .finally(() => (busy = false));
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
