/** A place in the server's order. `run` names what the server wrote there: another server, or a restored one, has another. */
export type Mark = { position: number; run: string };

/** After which row a walk goes on, in the order of urgency. */
export type WalkKey = { rank: number; key: string };

/** Where a phone stands. The phone keeps it as it came and never looks inside. */
export type Cursor = { scope: string; mark: Mark; walk?: { id: string; sent: number; after?: WalkKey } };

const toBase64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
const fromBase64 = (text: string): string =>
  new TextDecoder().decode(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));

export function writeCursor(cursor: Cursor): string {
  return toBase64(JSON.stringify(cursor));
}

/** The cursor, or nothing when it is empty or not ours: then a walk begins. */
export function readCursor(text: string): Cursor | undefined {
  if (!text) return undefined;
  try {
    const cursor = JSON.parse(fromBase64(text)) as Cursor;
    const { scope, mark, walk } = cursor;
    const whole = typeof scope === "string" && Number.isSafeInteger(mark?.position) && typeof mark.run === "string";
    const walking = walk === undefined || (typeof walk.id === "string" && Number.isSafeInteger(walk.sent));
    return whole && walking ? cursor : undefined;
  } catch {
    return undefined;
  }
}
