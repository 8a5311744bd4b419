import { entriesIn, subtreesInTiles, tilePath, tileWidth, type Bytes, type ReadTile, type Subtrees } from "@linge/tlog";
import { LedgerInputError } from "./input.ts";

/** A log on the net, by its prefix: `https://linge.example/ledger`. */
export type RemoteLog = {
  prefix: string;
  checkpoint(): Promise<string>;
  key(): Promise<string>;
  subtrees(size: number): Subtrees;
  /** The first `size` entries, in their order; fewer when the log has fewer. */
  entries(size: number): AsyncGenerator<Bytes>;
};

async function get(url: string): Promise<Response> {
  try {
    return await fetch(url, { signal: AbortSignal.timeout(20_000) });
  } catch (error) {
    throw new LedgerInputError(
      `${url} cannot be reached: ${((error as Error).cause as Error | undefined)?.message ?? (error as Error).message}`,
    );
  }
}

async function textAt(url: string): Promise<string> {
  const answer = await get(url);
  if (!answer.ok) throw new LedgerInputError(`${url} answers ${answer.status}`);
  return answer.text();
}

/** @throws LedgerInputError when it cannot be reached */
export function remoteLog(address: string): RemoteLog {
  if (!/^https?:\/\//.test(address))
    throw new LedgerInputError(`${address} is not the address of a log: it begins with https://`);
  const prefix = address.replace(/\/+$/, "");
  const readTile: ReadTile = async (tile) => {
    const asked = await get(`${prefix}/${tilePath(tile)}`);
    // A log may have dropped a partial tile once the full one is there.
    const whole = { ...tile, width: tileWidth };
    const answer = asked.ok || tile.width === tileWidth ? asked : await get(`${prefix}/${tilePath(whole)}`);
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined;
  };
  return {
    prefix,
    checkpoint: () => textAt(`${prefix}/checkpoint`),
    key: async () => (await textAt(`${prefix}/key`)).trim(),
    subtrees: (size) => subtreesInTiles(size, readTile),
    async *entries(size) {
      for (let index = 0; index * tileWidth < size; index += 1) {
        const width = Math.min(tileWidth, size - index * tileWidth);
        const bundle = await readTile({ level: "entries", index, width });
        if (!bundle) return;
        yield* entriesIn(bundle).slice(0, width);
      }
    },
  };
}
