/** AES-GCM ciphertext with its own nonce. */
export type Sealed = { iv: Uint8Array<ArrayBuffer>; bytes: ArrayBuffer };

/** Turns things into ciphertext and back; lives in memory only while the worker has the app open. */
export type Vault = {
  seal(value: unknown): Promise<Sealed>;
  unseal<T>(sealed: Sealed): Promise<T>;
  sealBytes(bytes: ArrayBuffer): Promise<Sealed>;
  unsealBytes(sealed: Sealed): Promise<ArrayBuffer>;
};

/** The PIN opened nothing. */
export class WrongPinError extends Error {}

/** OWASP's 2023 figure for PBKDF2-SHA256 is 600,000; half of it keeps a cheap phone under a second. */
const rounds = 300_000;

async function keyOfPin(pin: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

async function encrypt(key: CryptoKey, bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, bytes: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
}

const decrypt = (key: CryptoKey, { iv, bytes }: Sealed): Promise<ArrayBuffer> =>
  crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, bytes);

async function vaultOf(raw: ArrayBuffer): Promise<Vault> {
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  return {
    seal: (value) => encrypt(key, new TextEncoder().encode(JSON.stringify(value))),
    unseal: async <T>(sealed: Sealed) => JSON.parse(new TextDecoder().decode(await decrypt(key, sealed))) as T,
    sealBytes: (bytes) => encrypt(key, bytes),
    unsealBytes: (sealed) => decrypt(key, sealed),
  };
}

/** What opens a vault: the data's key, wrapped by one made from a PIN or given by a passkey. Kept beside its contents. */
export type PinLock = { salt: Uint8Array<ArrayBuffer>; wrapped: Sealed };

async function keyOfSecret(secret: ArrayBuffer): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const info = new TextEncoder().encode("linge field vault");
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

/** A new vault and its lock. */
export async function makeVault(pin: string): Promise<{ vault: Vault; lock: PinLock }> {
  const raw = crypto.getRandomValues(new Uint8Array(32)).buffer;
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const wrapped = await encrypt(await keyOfPin(pin, salt), raw);
  return { vault: await vaultOf(raw), lock: { salt, wrapped } };
}

/** Opens a vault by its PIN. @throws WrongPinError */
export async function openVault(pin: string, { salt, wrapped }: PinLock): Promise<Vault> {
  return vaultOf(await rawKey(pin, { salt, wrapped }));
}

async function rawKey(pin: string, { salt, wrapped }: PinLock): Promise<ArrayBuffer> {
  const key = await keyOfPin(pin, salt);
  try {
    return await decrypt(key, wrapped);
  } catch {
    throw new WrongPinError();
  }
}

/** Adds a second way in: the data's key, wrapped by a secret that a passkey gives. @throws WrongPinError */
export async function lockBySecret(pin: string, lock: PinLock, secret: ArrayBuffer): Promise<Sealed> {
  return encrypt(await keyOfSecret(secret), await rawKey(pin, lock));
}

export async function openBySecret(secret: ArrayBuffer, wrapped: Sealed): Promise<Vault> {
  return vaultOf(await decrypt(await keyOfSecret(secret), wrapped));
}
