import type { Phone } from "@linge/sync/phone/phone.ts";
import type { Upload } from "@linge/sync/photo/upload.ts";
import { openVault, type PinLock, type Sealed, type Vault } from "./vault.ts";

/**
 * The last resort: everything not yet sent, as a file to be carried to the desk. Sealed like the phone itself: whoever
 * finds it needs the worker's six digits.
 */
type SealedFile = {
  linge: "field-file";
  version: 1;
  login: string;
  salt: string;
  wrapped: { iv: string; bytes: string };
  sealed: { iv: string; bytes: string };
};

export type Contents = { outbox: string; uploads: Upload[]; media: Record<string, string> };

/** Bytes as text; in steps, since an argument list has an end. */
export function toBase64(bytes: ArrayBuffer): string {
  const view = new Uint8Array(bytes);
  let text = "";
  for (let at = 0; at < view.length; at += 8_192) text += String.fromCharCode(...view.subarray(at, at + 8_192));
  return btoa(text);
}

export const fromBase64 = (text: string): ArrayBuffer =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;

const written = ({ iv, bytes }: Sealed): { iv: string; bytes: string } => ({
  iv: toBase64(iv.buffer),
  bytes: toBase64(bytes),
});
const read = ({ iv, bytes }: { iv: string; bytes: string }): Sealed => ({
  iv: new Uint8Array(fromBase64(iv)),
  bytes: fromBase64(bytes),
});

/** Writes the file of a phone. */
export async function writeFile(
  phone: Phone,
  login: string,
  vault: Vault,
  lock: PinLock,
  bytesOf: (id: string) => Promise<ArrayBuffer | undefined>,
): Promise<string> {
  const uploads = await phone.uploads();
  const media: Record<string, string> = {};
  for (const { id } of uploads) {
    const bytes = await bytesOf(id);
    if (bytes) media[id] = toBase64(bytes);
  }
  const contents: Contents = { outbox: await phone.exportOutbox(), uploads, media };
  const file: SealedFile = {
    linge: "field-file",
    version: 1,
    login,
    salt: toBase64(lock.salt.buffer),
    wrapped: written(lock.wrapped),
    sealed: written(await vault.seal(contents)),
  };
  return JSON.stringify(file);
}

/** What is wrong with a file that somebody chose. */
export class UnusableFileError extends Error {}

/** Whose file it is, before it is opened. @throws UnusableFileError */
export function loginIn(text: string): string {
  return parsed(text).login;
}

function parsed(text: string): SealedFile {
  try {
    const file = JSON.parse(text) as Partial<SealedFile>;
    if (file.linge === "field-file" && file.version === 1 && file.login && file.sealed) return file as SealedFile;
  } catch {
    // Said below.
  }
  throw new UnusableFileError("not a file of the field app, or cut off");
}

/** Opens such a file by the digits of its worker's phone. @throws UnusableFileError, WrongPinError */
export async function readFile(text: string, pin: string): Promise<Contents> {
  const file = parsed(text);
  const vault = await openVault(pin, { salt: new Uint8Array(fromBase64(file.salt)), wrapped: read(file.wrapped) });
  return vault.unseal<Contents>(read(file.sealed)).catch(() => {
    throw new UnusableFileError("damaged");
  });
}
