import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What the way to the server does to a request: lets it through, or one of the things that happen in a harbour. */
export type Fault = "none" | "responseLost" | "serverError" | "captivePortal" | "nothing";

/** What stands in place of a file of the server. */
export type Replacement = { status: number; headers?: Record<string, string>; body?: string };

/** A proxy in front of the server that asks before each API call which fault befalls it, and may replace files. */
export async function faultyProxy(
  target: string,
  next: (path: string) => Fault,
  replaced: (path: string) => Replacement | undefined = () => undefined,
): Promise<{ base: string; close(): void }> {
  const server: Server = createServer((incoming, outgoing) => {
    const other = replaced(incoming.url ?? "");
    if (other) return void outgoing.writeHead(other.status, other.headers).end(other.body);
    const fault = incoming.url?.startsWith("/api") ? next(incoming.url) : "none";
    if (fault === "serverError") return void outgoing.writeHead(500, { "content-type": "text/plain" }).end("oops");
    if (fault === "captivePortal")
      return void outgoing
        .writeHead(200, { "content-type": "text/html" })
        .end("<h1>Harbour Wi-Fi: please sign in</h1>");
    if (fault === "nothing") return void incoming.socket.destroy();
    const { host: _, ...headers } = incoming.headers;
    const onward = request(target + incoming.url, { method: incoming.method, headers }, (answer) => {
      // The server has done it; the phone never hears.
      if (fault === "responseLost") {
        answer.resume();
        answer.on("end", () => incoming.socket.destroy());
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => incoming.socket.destroy());
    outgoing.on("close", () => onward.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    base: `http://localhost:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
