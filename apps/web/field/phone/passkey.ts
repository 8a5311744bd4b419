/** A passkey of this phone that gives a secret of its own (WebAuthn PRF extension); it never leaves the phone. */
export type PasskeyLock = { credentialId: ArrayBuffer; salt: Uint8Array<ArrayBuffer> };

type PrfResults = { prf?: { enabled?: boolean; results?: { first?: ArrayBuffer } } };

export const passkeysPossible = (): boolean => "credentials" in navigator && "PublicKeyCredential" in window;

const random = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length));

async function secretOf({ credentialId, salt }: PasskeyLock): Promise<ArrayBuffer | undefined> {
  const credential = (await navigator.credentials.get({
    publicKey: {
      challenge: random(32),
      allowCredentials: [{ type: "public-key", id: credentialId }],
      userVerification: "required",
      extensions: { prf: { eval: { first: salt } } },
    },
  })) as PublicKeyCredential | null;
  return (credential?.getClientExtensionResults() as PrfResults | undefined)?.prf?.results?.first;
}

/**
 * Makes a passkey that opens this phone. The secret is made by the phone's own authenticator after face, finger or
 * screen lock; no server takes part, so it works where there is no signal.
 * @returns nothing when this phone cannot do it, or the worker changed his mind
 */
export async function makePasskey(
  vaultId: string,
  login: string,
): Promise<{ lock: PasskeyLock; secret: ArrayBuffer } | undefined> {
  try {
    const credential = (await navigator.credentials.create({
      publicKey: {
        challenge: random(32),
        rp: { name: "Linge 邻格" },
        user: { id: new TextEncoder().encode(vaultId), name: login, displayName: login },
        pubKeyCredParams: [
          { type: "public-key", alg: -7 },
          { type: "public-key", alg: -257 },
        ],
        authenticatorSelection: {
          authenticatorAttachment: "platform",
          residentKey: "preferred",
          userVerification: "required",
        },
        extensions: { prf: {} },
      },
    })) as PublicKeyCredential | null;
    if (!credential) return undefined;
    const lock = { credentialId: credential.rawId, salt: random(32) };
    const secret = await secretOf(lock);
    return secret && { lock, secret };
  } catch {
    return undefined;
  }
}

/** The secret of a passkey, after the phone has recognised its owner. */
export async function usePasskey(lock: PasskeyLock): Promise<ArrayBuffer | undefined> {
  return secretOf(lock).catch(() => undefined);
}
