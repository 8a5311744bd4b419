import type { House } from "../../platform/house.ts";
import { batch, sequence } from "./sequence.ts";
import { askWitnesses } from "./witnesses.ts";

type Kept = { stop(): Promise<void> };

/** Does the work again and again until stopped; pauses unless it says that there is more. */
function again(house: House, pauseMs: number, work: () => Promise<boolean>): Kept {
  let going = true;
  let wake = (): void => {};
  const running = (async () => {
    while (going) {
      const more = await work().catch((error: unknown) => {
        house.log.warn({ err: error }, "the ledger waits");
        return false;
      });
      if (more || !going) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pauseMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  return {
    async stop() {
      going = false;
      wake();
      await running;
    },
  };
}

/** Puts leaves in order four times a minute, which keeps checkpoints few, and shows what was signed to the witnesses; until stopped. */
export function keepLedger(house: House): Kept {
  const work = [
    again(house, 15_000, async () => (await sequence(house)) === batch),
    again(house, 15_000, async () => (await askWitnesses(house), false)),
  ];
  return {
    async stop() {
      await Promise.all(work.map((each) => each.stop()));
    },
  };
}
