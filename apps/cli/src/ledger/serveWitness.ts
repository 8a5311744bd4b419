import { createServer, type IncomingMessage, type Server } from "node:http";
import { verifierKey } from "@linge/tlog";
import type { Witness, WitnessAnswer } from "./witness.ts";

const mostBytes = 256 * 1024;
const plain = "text/plain; charset=utf-8";

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > mostBytes) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

async function answer(witness: Witness, request: IncomingMessage): Promise<WitnessAnswer> {
  const path = new URL(request.url ?? "/", "http://witness").pathname;
  if (request.method === "POST" && path === "/add-checkpoint") {
    const body = await bodyOf(request);
    return body === undefined ? { status: 413, body: "too long\n", type: plain } : witness.add(body);
  }
  if (request.method !== "GET") return { status: 405, body: "GET or POST /add-checkpoint\n", type: plain };
  if (path === "/" || path === "/key") return { status: 200, body: `${verifierKey(witness.key)}\n`, type: plain };
  const kept = witness.kept(/^\/([0-9a-f]{64})\/checkpoint$/.exec(path)?.[1] ?? "");
  return kept === undefined
    ? { status: 404, body: "nothing was cosigned under this address\n", type: plain }
    : { status: 200, body: kept, type: plain };
}

/** The witness's addresses of C2SP tlog-witness: `POST /add-checkpoint`, `GET /<origin hash>/checkpoint`; and `GET /key`. */
export function serveWitness(witness: Witness): Server {
  return createServer((request, response) => {
    answer(witness, request)
      .catch((error: Error): WitnessAnswer => ({ status: 500, body: `${error.message}\n`, type: plain }))
      .then(
        ({ status, body, type }) => response.writeHead(status, { "content-type": type }).end(body),
        () => response.destroy(),
      );
  });
}
