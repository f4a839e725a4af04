import http from "node:http";
import net from "node:net";
import { text } from "node:stream/consumers";

export interface Answer {
  readonly status: number;
  /** Lower-case names; a repeated header is joined by ", ", as caches see it. */
  readonly headers: Readonly<Record<string, string>>;
  readonly setCookie: readonly string[];
  readonly body: Buffer;
  readonly text: string;
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Leaves the request without its end, as a caller does whose upload stalls. */
  readonly unfinished?: boolean;
}

/** One request with the path exactly as given: neither fetch nor URL, which fold `..` and `%2e` away. */
export async function send(port: number, path: string, sent: Sent = {}): Promise<Answer> {
  return collect(await open(port, path, sent));
}

/** Like `send`, but hands over the answer as soon as its headers are there. */
export function open(port: number, path: string, { method = "GET", headers = {}, body, unfinished }: Sent = {}) {
  return new Promise<http.IncomingMessage>((resolve, reject) => {
    const request = http.request({ host: "127.0.0.1", port, path, method, headers, agent: false }, resolve);
    request.on("error", reject);
    if (unfinished) request.flushHeaders();
    else request.end(body);
  });
}

async function collect(message: http.IncomingMessage): Promise<Answer> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece as Buffer);
  const body = Buffer.concat(pieces);
  const headers = Object.fromEntries(
    Object.entries(message.headersDistinct).map(([k, v]) => [k, (v ?? []).join(", ")]),
  );
  return {
    status: message.statusCode ?? 0,
    headers,
    setCookie: message.headers["set-cookie"] ?? [],
    body,
    text: body.toString("utf8"),
  };
}

/** Whether an exchange came to a proper end, or broke off in its headers or body. */
export async function endsCleanly(port: number, path: string, sent: Sent = {}): Promise<boolean> {
  try {
    await text(await open(port, path, sent));
    return true;
  } catch {
    return false;
  }
}

/** Writes bytes as they are and half-closes; gives back everything that comes until the server closes too. */
export async function sendRaw(port: number, ...lines: string[]): Promise<string> {
  const socket = net.connect({ host: "127.0.0.1", port, allowHalfOpen: true });
  socket.end(lines.join("\r\n"), "latin1");
  return text(socket);
}
