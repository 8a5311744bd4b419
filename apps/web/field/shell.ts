/** The shell is kept on the phone by its worker, so that it opens where there is no signal. */
const listeners = new Set<() => void>();
let waiting: ServiceWorker | undefined;
let opened = false;

const announce = (worker: ServiceWorker | null): void => {
  if (!worker || !navigator.serviceWorker.controller) return;
  waiting = worker;
  // Nobody has begun anything yet: the new shell may take over at once.
  if (!opened) takeNewShell();
  for (const listener of listeners) listener();
};

export function registerShell(): void {
  if (!("serviceWorker" in navigator)) return;
  void navigator.serviceWorker.register("/field/sw.js", { scope: "/field" }).then((registration) => {
    announce(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const coming = registration.installing;
      coming?.addEventListener("statechange", () => {
        if (coming.state === "installed") announce(coming);
      });
    });
  });
}

/** From now on somebody is at work: a new shell waits until it is asked for. */
export function workBegins(): void {
  opened = true;
}

/** Whether a whole new release lies ready; `onShell` hears when one does. */
export const newShellWaits = (): boolean => waiting !== undefined;
export function onShell(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Goes over to the new release. What waits to be sent lies in the phone's database and is not touched. */
export function takeNewShell(): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting?.postMessage("takeOver");
}
