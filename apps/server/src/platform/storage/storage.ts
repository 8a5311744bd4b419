import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Keeps files by name; a second implementation puts them in an object store. */
export type Storage = {
  put(name: string, bytes: Uint8Array): Promise<void>;
  get(name: string): Promise<Buffer | undefined>;
  remove(name: string): Promise<void>;
};

/** Storage in a folder: a file is whole or not there, also after a power cut. */
export function folderStorage(folder: string): Storage {
  const pathOf = (name: string): string => {
    const spread = createHash("sha256").update(name).digest("hex").slice(0, 2);
    return join(folder, spread, name.replace(/[^\w.-]/g, "_"));
  };
  return {
    async put(name, bytes) {
      const path = pathOf(name);
      await mkdir(dirname(path), { recursive: true });
      // A name of its own: the same file may be written twice at once.
      const part = `${path}.${randomUUID()}.part`;
      const file = await open(part, "w");
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(part, path);
    },
    async get(name) {
      return readFile(pathOf(name)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return undefined;
        throw error;
      });
    },
    remove: (name) => rm(pathOf(name), { force: true }),
  };
}
