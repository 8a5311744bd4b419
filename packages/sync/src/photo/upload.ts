/** A photo or voice note on its way. The command that shows it travels apart and need not wait for it. */
export type Upload = {
  /** Client-made UUID: the one that commands name in `photos`. */
  id: string;
  recordId: string;
  medium: "photo" | "recording";
  bytes: number;
  /** SHA-256 of the whole file in hex. */
  sha256: string;
  /** Bytes that the server says it has. */
  offset: number;
  state: "waiting" | "done" | "notAccepted";
  reason?: string;
};

/** What the server says about a photo: how much of it is there. */
export type UploadStatus = { offset: number; done: boolean };

const smallest = 32 * 1024;
const largest = 512 * 1024;
export const usualChunk = 128 * 1024;

/** The piece to send next, as a half-open range of bytes. */
export function nextChunk({ offset, bytes }: Upload, chunk = usualChunk): { from: number; to: number } {
  return { from: offset, to: Math.min(bytes, offset + chunk) };
}

/** The next piece's size: about two seconds of the line as it was, within bounds, so that little is sent again after a break. */
export function chunkAfter(bytes: number, ms: number): number {
  const wanted = (bytes / Math.max(ms, 1)) * 2_000;
  return Math.round(Math.min(largest, Math.max(smallest, wanted)));
}

/** What the server does with a piece: take it, or say again where it stands (the answer to the last one was lost). */
export function takeChunk(
  kept: number,
  bytes: number,
  from: number,
  length: number,
): "take" | "alreadyThere" | "tooFar" {
  if (from > kept || from + length > bytes) return "tooFar";
  return from === kept && length > 0 ? "take" : "alreadyThere";
}

/** The upload after the server's answer: forward to what it has, also when that is less than the phone thought. */
export function uploadAnswered(upload: Upload, status: UploadStatus): Upload {
  return { ...upload, offset: Math.min(status.offset, upload.bytes), state: status.done ? "done" : upload.state };
}
