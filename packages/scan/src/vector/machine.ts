/** Modules by their bytes: one that has run a while was made fast by the engine, a new one would start slow again. */
const modules = new Map<string, WebAssembly.Module>();
const MOST_MODULES = 32;

export function compile(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  const key = Buffer.from(bytes).toString("latin1");
  let module = modules.get(key);
  if (!module) {
    if (modules.size === MOST_MODULES) modules.clear();
    modules.set(key, (module = new WebAssembly.Module(bytes)));
  }
  return module;
}

/** Memories that scans have given back, at most a few: fresh pages cost more than a scan of a quiet day. */
const free: WebAssembly.Memory[] = [];
const MOST_FREE = 2;
const MOST_PAGES = 1024;

/** A memory of at least so many pages whose first `zeroed` bytes are 0. */
export function borrowMemory(pages: number, zeroed: number): WebAssembly.Memory {
  const memory = free.pop();
  if (!memory) return new WebAssembly.Memory({ initial: pages });
  const have = memory.buffer.byteLength / 65_536;
  if (have < pages) memory.grow(pages - have);
  new Uint8Array(memory.buffer, 0, zeroed).fill(0);
  return memory;
}

export function giveBack(memory: WebAssembly.Memory): void {
  if (free.length < MOST_FREE && memory.buffer.byteLength <= MOST_PAGES * 65_536) free.push(memory);
}
