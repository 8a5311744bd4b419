import { PhoneDatabase } from "./database.ts";
import { makePasskey, usePasskey, type PasskeyLock } from "./passkey.ts";
import { lockBySecret, makeVault, openBySecret, openVault, type PinLock, type Sealed, type Vault } from "./vault.ts";

/** What the phone shows of a vault while it is locked: whose it is, and the ways in. */
export type VaultRow = {
  id: string;
  login: string;
  pin: PinLock;
  passkey?: PasskeyLock & { wrapped: Sealed };
  openedAt: number;
};

export type OpenedVault = { id: string; login: string; vault: Vault };

export const database = new PhoneDatabase();

const keep = (row: VaultRow): Promise<void> => database.write([{ store: "vaults", key: row.id, value: row }]);
const opened = async (row: VaultRow, vault: Vault): Promise<OpenedVault> => {
  await keep({ ...row, openedAt: Date.now() });
  return { id: row.id, login: row.login, vault };
};

async function rowOf(id: string): Promise<VaultRow> {
  const row = await database.get<VaultRow>("vaults", id);
  if (!row) throw new Error("There is nothing of this worker on this phone.");
  return row;
}

/** Workers who have something on this phone, the last to use it first. A phone that changes hands has several. */
export async function vaultsHere(): Promise<VaultRow[]> {
  const rows = (await database.all<VaultRow>("vaults")).map(({ value }) => value);
  return rows.sort((a, b) => b.openedAt - a.openedAt);
}

/** Makes a worker a vault of his own on this phone, behind a PIN; nobody else's is touched. */
export async function newVault(login: string, pin: string): Promise<OpenedVault> {
  const { vault, lock } = await makeVault(pin);
  return opened({ id: crypto.randomUUID(), login, pin: lock, openedAt: 0 }, vault);
}

/** @throws WrongPinError */
export async function openByPin(id: string, pin: string): Promise<OpenedVault> {
  const row = await rowOf(id);
  return opened(row, await openVault(pin, row.pin));
}

/** @throws Error when the phone did not recognise its owner */
export async function openByPasskey(id: string): Promise<OpenedVault> {
  const row = await rowOf(id);
  const secret = row.passkey && (await usePasskey(row.passkey));
  if (!secret) throw new Error("no secret");
  return opened(row, await openBySecret(secret, row.passkey!.wrapped));
}

/**
 * Adds face, finger or screen lock as a second way in; the PIN stays the first.
 * @returns whether this phone can do it @throws WrongPinError
 */
export async function addPasskey(id: string, pin: string): Promise<boolean> {
  const row = await rowOf(id);
  await openVault(pin, row.pin);
  const made = await makePasskey(id, row.login);
  if (!made) return false;
  await keep({ ...row, passkey: { ...made.lock, wrapped: await lockBySecret(pin, row.pin, made.secret) } });
  return true;
}

/** Who a vault is found to belong to, once its worker has signed in. */
export async function nameVault(id: string, login: string): Promise<void> {
  await keep({ ...(await rowOf(id)), login });
}

export const pinLockOf = async (id: string): Promise<PinLock> => (await rowOf(id)).pin;
export const wipeVault = (id: string): Promise<void> => database.wipe(id);
