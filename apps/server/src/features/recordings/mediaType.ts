const begins = (bytes: Uint8Array, at: number, ...marks: number[]): boolean =>
  marks.every((mark, index) => bytes[at + index] === mark);

/** The media type of a recording as phones make them (WebM, Ogg, MP4), told by its first bytes; undefined for anything else. */
export function mediaTypeOf(bytes: Uint8Array): string | undefined {
  if (begins(bytes, 0, 0x1a, 0x45, 0xdf, 0xa3)) return "audio/webm";
  if (begins(bytes, 0, 0x4f, 0x67, 0x67, 0x53)) return "audio/ogg";
  if (begins(bytes, 4, 0x66, 0x74, 0x79, 0x70)) return "audio/mp4";
  return undefined;
}
