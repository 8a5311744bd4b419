import { spawnSync } from "node:child_process";
import { chownSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** PostgreSQL refuses to run as root; this says how its programs are started instead. */
export type Runner = { prefix: string[]; uid?: number; gid?: number };

const nobody = 65534;

/**
 * As root: user `nobody` where it can reach the folders, else a user namespace in which root's own files
 * belong to `nobody` (a clone under /root, say). Anyone else runs as himself.
 */
export function ordinaryUser(folders: { data: string; binaries: string }): Runner {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const namespace = ["unshare", "--user", `--map-user=${nobody}`, `--map-group=${nobody}`];
  const owner = statSync(folders.data).uid;
  if (reachable(folders.data) && reachable(folders.binaries)) {
    if (owner !== nobody) chownSync(folders.data, nobody, nobody);
    return { prefix: [], uid: nobody, gid: nobody };
  }
  if (spawnSync(namespace[0]!, [...namespace.slice(1), "true"]).status === 0) return { prefix: namespace };
  throw new Error(
    `Linge runs as root, PostgreSQL must not, and an ordinary user cannot reach ${folders.data}. ` +
      "Set LINGE_DATA to a folder below one that everyone may enter (/var/lib/linge), or run Linge as an ordinary user.",
  );
}

function reachable(path: string): boolean {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder))
    if ((statSync(folder).mode & 0o001) === 0) return false;
  return true;
}
