/** When the server heard of something, what the phone said, and by how much the phone's clock differed (ms, server − phone). */
export type Heard = { receivedAt: string; saidAt: string; driftMs: number };

/**
 * Notes a phone's clock beside the server's. The drift is taken from the batch as a whole: `sentAt` and the server's
 * time name the same moment but for the journey.
 */
export function hear(now: number, sentAt: string, saidAt: string): Heard {
  const sent = Date.parse(sentAt);
  return { receivedAt: new Date(now).toISOString(), saidAt, driftMs: Number.isNaN(sent) ? 0 : now - sent };
}

/**
 * About when something was done by the server's clock, for people to read; nothing is ordered by it. Never later than
 * it was received: a clock that was set in between would say so.
 */
export function aboutWhen({ receivedAt, saidAt, driftMs }: Heard): string {
  const said = Date.parse(saidAt);
  const received = Date.parse(receivedAt);
  return new Date(Number.isNaN(said) ? received : Math.min(said + driftMs, received)).toISOString();
}
