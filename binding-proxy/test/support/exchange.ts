import http from "node:http";
import type { Sent } from "./http.js";

/** An answer as it came over the wire, or as much of it as came. */
export interface Exchange {
  /** Code and reason phrase. */
  readonly status: string;
  /** Names in lower case. What is repeated stays repeated. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** Whether the body came to its proper end. */
  readonly complete: boolean;
}

const connections = new http.Agent({ keepAlive: true });

/** Never rejects: an answer that breaks off can be compared, too. */
export function exchange(port: number, path: string, sent: Sent, agent = connections): Promise<Exchange> {
  return new Promise((resolve) => {
    const { method = "GET", headers = {}, body } = sent;
    const wanted = { host: "127.0.0.1", port, path, method, headers, agent };
    const request = http.request(wanted, (message) => {
      const pieces: Buffer[] = [];
      message.on("data", (piece: Buffer) => pieces.push(piece));
      message.on("error", () => {});
      message.on("close", () =>
        resolve({
          status: `${message.statusCode} ${message.statusMessage}`,
          headers: pairs(message.rawHeaders),
          body: Buffer.concat(pieces),
          complete: message.complete,
        }),
      );
    });
    request.on("error", () => {
      // workerd 2026-04 announces a connection that it closes after a broken answer as one to use again.
      if (request.reusedSocket) resolve(exchange(port, path, sent, new http.Agent()));
      else resolve({ status: "not an answer", headers: [], body: Buffer.alloc(0), complete: false });
    });
    request.end(body);
  });
}

function pairs(raw: readonly string[]): readonly [string, string][] {
  return raw.flatMap((name, i) => (i % 2 === 0 ? [[name.toLowerCase(), raw[i + 1] ?? ""] as [string, string]] : []));
}
