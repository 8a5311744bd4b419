const longestSide = 1600;
/** About a quarter of a megabyte: enough to see a cracked sea wall, little enough for an island's connection. */
const quality = 0.75;

/** This file is no picture that the phone can draw. */
export class UnusablePictureError extends Error {}

/**
 * A photo made small on the phone; drawing it anew also leaves out where and when it was taken.
 * @throws UnusablePictureError
 */
export async function shrunk(file: Blob): Promise<ArrayBuffer> {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => {
    throw new UnusablePictureError();
  });
  const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext("2d")!.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
  if (!blob) throw new UnusablePictureError();
  return blob.arrayBuffer();
}
