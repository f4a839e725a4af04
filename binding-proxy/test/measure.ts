import net from "node:net";
import { controlHeaders } from "./support/proxy.js";
import { callOf, lines } from "./support/rpc.js";
import { runtimes } from "./support/runtimes.js";
import { Workerd } from "./support/workerd.js";

// Not a test: what the proxy costs, at the median, beside a Worker that does the same without it. All take turns in one run.
const WARM_UP = 10;
const ROUNDS = 60;
const IN_A_ROW = 50;

interface Way {
  readonly name: string;
  readonly socket: string;
  readonly headers: Record<string, string>;
  readonly path?: string;
  /** Of a batch; a GET has none. */
  readonly body?: string;
}

const behaves = (timeout?: string) => controlHeaders({ target: "BEHAVES", ...(timeout !== undefined && { timeout }) });
const rpc = controlHeaders({ target: "ACCOUNTS", op: "rpc", timeout: "5000;headers" });
const hello = callOf("hello", "you");
const chain = lines(
  ["push", ["pipeline", 0, ["account"], [7]]],
  ["push", ["pipeline", 1, ["sub"], []]],
  ["push", ["pipeline", 2, ["profile"], []]],
  ["pull", 3],
);
const large = { path: "/text?bytes=100000" };

/** In each group, the first is what the others are compared with. */
const groups: readonly (readonly Way[])[] = [
  [
    { name: "GET, by a bare gateway", socket: "bare", headers: {} },
    { name: "… by no Worker between", socket: "direct-behaves", headers: {} },
    { name: "… by the proxy", socket: "proxy", headers: behaves() },
    { name: "… with N;headers", socket: "proxy", headers: behaves("5000;headers") },
    { name: "… with N", socket: "proxy", headers: behaves("500") },
    { name: "… refused (no token)", socket: "proxy", headers: {} },
  ],
  [
    { name: "100 KB, by a bare gateway", socket: "bare", headers: {}, ...large },
    { name: "… by the proxy", socket: "proxy", headers: behaves(), ...large },
    { name: "… with N;headers", socket: "proxy", headers: behaves("5000;headers"), ...large },
    { name: "… with N", socket: "proxy", headers: behaves("500"), ...large },
  ],
  [
    { name: "RPC, by capnweb itself", socket: "capnweb", headers: {}, body: hello },
    { name: "… by the proxy", socket: "proxy", headers: rpc, body: hello },
    { name: "… a chain of three", socket: "proxy", headers: rpc, body: chain },
  ],
];

/** One connection, and no HTTP library on it, whose own time would make all ways look alike. */
class Connection {
  readonly #socket: net.Socket;
  #answered: (() => void) | undefined;
  #missing = NaN;

  constructor(port: number) {
    this.#socket = net.connect({ host: "127.0.0.1", port, noDelay: true });
    this.#socket.on("data", (data) => {
      // The head comes in one piece, and says how long the body is.
      if (Number.isNaN(this.#missing)) {
        const head = data.indexOf("\r\n\r\n") + 4;
        const length = /content-length: (\d+)/i.exec(data.toString("latin1", 0, head))?.[1];
        this.#missing = head + Number(length);
      }
      this.#missing -= data.length;
      if (!(this.#missing > 0)) this.#answered?.();
    });
  }

  async micros(request: Buffer): Promise<number> {
    this.#missing = NaN;
    const answered = new Promise<void>((resolve) => (this.#answered = resolve));
    const start = process.hrtime.bigint();
    this.#socket.write(request);
    await answered;
    return Number(process.hrtime.bigint() - start) / 1000;
  }

  close(): void {
    this.#socket.destroy();
  }
}

function requestOf({ headers, path = "/status/200", body }: Way): Buffer {
  const all = { Host: "127.0.0.1", ...headers, ...(body !== undefined && { "Content-Length": body.length }) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${body === undefined ? "GET" : "POST"} ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body ?? ""}`);
}

/** What is measured first after a change of Worker costs more: no way is always the first. */
function shuffled<T>(items: readonly T[]): readonly T[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const other = Math.floor(Math.random() * (i + 1));
    [order[i], order[other]] = [order[other] as T, order[i] as T];
  }
  return order;
}

const median = (times: number[]) => times.sort((a, b) => a - b)[times.length >> 1] ?? NaN;

for (const runtime of runtimes) {
  const workerd = await Workerd.start(runtime, "measure.capnp");
  const ways = groups.flat().map((way) => ({
    request: requestOf(way),
    connection: new Connection(workerd.port(way.socket)),
    times: [] as number[],
  }));
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (const { connection, request, times } of shuffled(ways)) {
      for (let call = 0; call < IN_A_ROW; call++) {
        const micros = await connection.micros(request);
        if (round >= 0) times.push(micros);
      }
    }
  }
  for (const { connection } of ways) connection.close();
  await workerd.stop();
  const medians = ways.map(({ times }) => median(times));
  console.log(`\n${runtime.name}, median of ${ROUNDS * IN_A_ROW}`);
  for (const group of groups) {
    const own = medians.splice(0, group.length);
    for (const [i, { name }] of group.entries()) {
      const [micros, base] = [own[i] ?? NaN, own[0] ?? NaN];
      console.log(`${name.padEnd(26)} ${micros.toFixed(0).padStart(5)} µs  ×${(micros / base).toFixed(2)}`);
    }
  }
}
