import { hostname } from "node:os";
import type { House } from "../house.ts";
import { newId } from "../ids.ts";
import type { JobKind, Line, Timetable } from "./kind.ts";
import { ask, claim, end, extend, forget, giveBack, LeaseLostError, release, type Held } from "./queue.ts";

/** Without a sign of life for this long a worker is taken for dead. */
const leaseSeconds = 60;
const holdMs = 2_000;
const pauseMs = 1_000;
const timetableMs = 30_000;
const keptDays = 40;
const usualTries = 5;

/** A worker's name: which process on which machine, for whoever wonders where a job is. */
const nameOfWorker = (): string => `${hostname()} ${process.pid} ${newId()}`;

/** Does one job from the queue. @returns false when none is due */
export async function workOnce(
  house: House,
  kinds: readonly JobKind[],
  stop: AbortSignal = new AbortController().signal,
  worker = nameOfWorker(),
): Promise<boolean> {
  const held = await claim(
    house,
    kinds.map(({ kind }) => kind),
    worker,
    leaseSeconds,
    house.clock(),
  );
  if (!held) return false;
  await doJob(
    house,
    kinds.find(({ kind }) => kind === held.kind)!,
    held,
    stop,
  );
  return true;
}

async function doJob(
  house: House,
  { work, mostTries = usualTries }: JobKind,
  held: Held,
  stop: AbortSignal,
): Promise<void> {
  const lost = new AbortController();
  const signal = AbortSignal.any([stop, lost.signal]);
  let said: object | undefined;
  const hold = setInterval(() => {
    extend(house, held, leaseSeconds, said)
      .then((kept) => kept || lost.abort(new LeaseLostError()))
      .catch((error: unknown) => house.log.warn({ err: error }, "a job could not be held on to"));
  }, holdMs);
  try {
    await work(house, {
      key: held.key,
      payload: held.payload,
      signal,
      progress: (done, of) => (said = { done, of }),
      finish: (write) =>
        house.db.transaction().execute(async (tx) => {
          await write(tx);
          await end(tx, house.cityId, held, house.clock());
        }),
    });
  } catch (error) {
    await letGo(house, held, error, mostTries, stop.aborted || lost.signal.aborted);
  } finally {
    clearInterval(hold);
  }
}

async function letGo(house: House, held: Held, error: unknown, mostTries: number, stopped: boolean): Promise<void> {
  if (stopped || error instanceof LeaseLostError) return release(house, held);
  house.log.warn({ err: error, job: held.kind, key: held.key }, "a job failed and will be tried again");
  await giveBack(house, held, (error as Error).message, mostTries, house.clock());
}

/** Asks for everything that the clock says is due. */
export async function askByClock(house: House, timetable: Timetable): Promise<void> {
  const now = house.clock();
  await ask(house, await timetable(house), now);
  await forget(house, now - keptDays * 86_400_000);
}

/** Works until nothing is due any more. */
export async function workOff(house: House, kinds: readonly JobKind[]): Promise<void> {
  while (await workOnce(house, kinds)) continue;
}

/** Keeps asking by the clock and working, one quick and one long job at a time, until stopped. */
export function keepWorking(house: House, kinds: readonly JobKind[], timetable: Timetable): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const timer = setTimeout(done, ms);
      function done(): void {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      }
      signal.addEventListener("abort", done);
    });
  const again = async (ms: number, work: () => Promise<boolean>): Promise<void> => {
    while (!signal.aborted) {
      const more = await work().catch((error: unknown) => {
        house.log.warn({ err: error }, "jobs wait");
        return false;
      });
      if (!more) await pause(ms);
    }
  };
  const line = (name: Line): Promise<void> => {
    const own = kinds.filter((each) => each.line === name);
    return again(pauseMs, () => workOnce(house, own, signal));
  };
  const running = [
    line("quick"),
    line("long"),
    again(timetableMs, async () => (await askByClock(house, timetable), false)),
  ];
  return {
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}
