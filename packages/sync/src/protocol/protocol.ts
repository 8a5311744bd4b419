/** Version of what phone and server say to each other. Within one major, either may be the older. */
export type Protocol = { major: number; minor: number };

/** What this release speaks. Minor grows when commands or records are added, major when an old phone would misread. */
export const ours: Protocol = { major: 1, minor: 0 };

export type Agreement = { ok: true; minor: number } | { ok: false; update: "phone" | "server" };

/**
 * What two sides can speak: the lower minor of the same major. Otherwise whoever is behind has to be updated; what
 * waits on the phone stays there and loses nothing.
 */
export function agree(phone: Protocol, server: Protocol): Agreement {
  if (phone.major < server.major) return { ok: false, update: "phone" };
  if (phone.major > server.major) return { ok: false, update: "server" };
  return { ok: true, minor: Math.min(phone.minor, server.minor) };
}
