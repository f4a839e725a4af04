import assert from "node:assert/strict";
import http from "node:http";
import type { Socket } from "node:net";

const UPGRADE = {
  Connection: "Upgrade",
  Upgrade: "websocket",
  "Sec-WebSocket-Version": "13",
  "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
};
const TEXT = 1;
const CLOSE = 8;
/** Of a frame, in bytes. */
const SHORTEST = 2;
const PATIENCE = 10_000;

export interface Close {
  readonly code: number;
  readonly reason: string;
}

/** The client's end of a WebSocket, frame by frame, so that a test can do what no library does. */
export class RawWebSocket {
  readonly #messages: (string | Close)[] = [];
  #wake = () => {};
  #received: Buffer[] = [];
  #length = 0;
  #needed = SHORTEST;

  private constructor(
    readonly answer: http.IncomingMessage,
    readonly socket: Socket,
    head: Buffer,
  ) {
    socket.on("data", (data: Buffer) => this.#receive(data));
    socket.on("error", () => {});
    socket.on("close", () => this.#add({ code: 1006, reason: "" }));
    this.#receive(head);
  }

  static open(port: number, headers: Readonly<Record<string, string>>): Promise<RawWebSocket> {
    return new Promise((resolve, reject) => {
      const request = http.request({ host: "127.0.0.1", port, headers: { ...headers, ...UPGRADE }, agent: false });
      request.on("upgrade", (answer, socket, head) => resolve(new RawWebSocket(answer, socket as Socket, head)));
      request.on("response", (answer) => reject(new Error(`no upgrade: ${answer.statusCode}`)));
      request.on("error", reject);
      request.end();
    });
  }

  send(text: string): void {
    this.frame(TEXT, Buffer.from(text));
  }

  /** One masked frame; the mask is zero. */
  frame(opcode: number, payload: Buffer): void {
    const { length } = payload;
    const extended = Buffer.alloc(length > 0xffff ? 8 : length > 125 ? 2 : 0);
    if (extended.length === 8) extended.writeBigUInt64BE(BigInt(length));
    if (extended.length === 2) extended.writeUInt16BE(length);
    const short = extended.length === 8 ? 127 : extended.length === 2 ? 126 : length;
    this.socket.write(Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | short]), extended, Buffer.alloc(4), payload]));
  }

  /** The next message, or how the WebSocket was closed. */
  async next(): Promise<string | Close> {
    const slow = setTimeout(() => this.#add({ code: 0, reason: "nothing came in time" }), PATIENCE);
    while (this.#messages.length === 0) await new Promise<void>((wake) => (this.#wake = wake));
    clearTimeout(slow);
    const [next] = this.#messages as [string | Close];
    if (typeof next === "string") this.#messages.shift();
    return next;
  }

  async nextText(): Promise<string> {
    const next = await this.next();
    assert.ok(typeof next === "string", JSON.stringify(next));
    return next;
  }

  close(code = 1000, reason = ""): void {
    const payload = Buffer.alloc(2 + Buffer.byteLength(reason));
    payload.writeUInt16BE(code);
    payload.write(reason, 2);
    this.frame(CLOSE, payload);
  }

  #add(message: string | Close): void {
    this.#messages.push(message);
    this.#wake();
  }

  #receive(data: Buffer): void {
    this.#received.push(data);
    this.#length += data.length;
    while (this.#length >= this.#needed) {
      const bytes = this.#received.length === 1 ? (this.#received[0] as Buffer) : Buffer.concat(this.#received);
      const { needed, start } = frameIn(bytes);
      const frame = bytes.subarray(0, needed);
      const whole = bytes.length >= needed && start > 0;
      const rest = whole ? bytes.subarray(needed) : bytes;
      this.#received = [rest];
      this.#length = rest.length;
      this.#needed = whole ? SHORTEST : needed;
      if (!whole) continue;
      const payload = frame.subarray(start);
      const opcode = (frame[0] as number) & 0x0f;
      if (opcode === TEXT) this.#add(payload.toString());
      if (opcode === CLOSE) this.#add({ code: payload.readUInt16BE(0), reason: payload.toString("utf8", 2) });
    }
  }
}

/** How many bytes the frame at the start has, as far as they tell by now, and where its payload starts. */
function frameIn(bytes: Buffer): { readonly needed: number; readonly start: number } {
  const short = (bytes[1] as number) & 0x7f;
  const start = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (bytes.length < start) return { needed: start, start: 0 };
  const length = short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
  return { needed: start + length, start };
}
