/// <reference lib="webworker" />
// Keeps the shell on the phone and serves it where there is no signal. Data is not its business: it lives, encrypted,
// in the phone's database, and is never replayed as HTTP.

declare const self: ServiceWorkerGlobalScope;
/** Files of this release and their common fingerprint; the build writes them in. */
declare const SHELL: { version: string; files: string[] };

const cacheName = `linge-field-${SHELL.version}`;

self.addEventListener("install", (event) => {
  // All or nothing: a half-updated shell is never served, the old one stays until the new one is whole.
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) => cache.addAll(SHELL.files.map((file) => new Request(file, { cache: "reload" })))),
  );
});

// A new release takes over when nobody is at work, or when the worker asks for it; never under his hands.
self.addEventListener("message", (event) => {
  if (event.data === "takeOver") void self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names
            .filter((name) => name.startsWith("linge-field-") && name !== cacheName)
            .map((name) => caches.delete(name)),
        ),
      )
      .then(() => self.clients.claim()),
  );
});

/** Background sync: the connection is back. What waits is sealed, so the app itself sends it, if it is still open. */
self.addEventListener("sync", (event) => {
  const { tag, waitUntil } = event as ExtendableEvent & { tag: string };
  if (tag !== "linge-field") return;
  waitUntil.call(
    event,
    self.clients.matchAll({ type: "window" }).then((pages) => pages.forEach((page) => page.postMessage("sync"))),
  );
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  const page = event.request.mode === "navigate" && url.pathname.startsWith("/field");
  if (!page && !SHELL.files.includes(url.pathname)) return;
  event.respondWith(
    caches.match(page ? "/field" : url.pathname, { cacheName }).then((kept) => kept ?? fetch(event.request)),
  );
});
