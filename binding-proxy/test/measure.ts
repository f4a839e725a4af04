import http from "node:http";
import { controlHeaders } from "./support/proxy.js";
import { callOf, lines } from "./support/rpc.js";
import { runtimes } from "./support/runtimes.js";
import { Workerd } from "./support/workerd.js";

// Not a test: what the proxy adds to a call, at the median, with direct and proxied calls taking turns in one run.
const WARM_UP = 500;
const ROUNDS = 4000;

interface Way {
  readonly socket: string;
  readonly headers: Record<string, string>;
  /** Of a batch; a GET has none. */
  readonly body?: string;
}

const rpc = controlHeaders({ target: "ACCOUNTS", op: "rpc", timeout: "5000;headers" });
const hello = callOf("hello", "you");
const chain = lines(
  ["push", ["pipeline", 0, ["account"], [7]]],
  ["push", ["pipeline", 1, ["sub"], []]],
  ["push", ["pipeline", 2, ["profile"], []]],
  ["pull", 3],
);

const ways: Readonly<Record<string, Way>> = {
  direct: { socket: "direct-behaves", headers: {} },
  "by a bare binding": { socket: "bare", headers: {} },
  "by the proxy": { socket: "proxy", headers: controlHeaders({ target: "BEHAVES" }) },
  "… Timeout-Ms: N;headers": {
    socket: "proxy",
    headers: controlHeaders({ target: "BEHAVES", timeout: "5000;headers" }),
  },
  "… Timeout-Ms: N": { socket: "proxy", headers: controlHeaders({ target: "BEHAVES", timeout: "5000" }) },
  "… refused (no token)": { socket: "proxy", headers: {} },
  "a method, bare": { socket: "bare-rpc", headers: {}, body: hello },
  "… by a batch": { socket: "proxy", headers: rpc, body: hello },
  "… of three, by a batch": { socket: "proxy", headers: rpc, body: chain },
};

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function once(port: number, { headers, body }: Way): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint();
    const done = () => resolve(Number(process.hrtime.bigint() - start) / 1000);
    const method = body === undefined ? "GET" : "POST";
    http
      .request({ host: "127.0.0.1", port, path: "/status/200", method, headers, agent }, (answer) =>
        answer.on("end", done).resume(),
      )
      .on("error", reject)
      .end(body);
  });
}

for (const runtime of runtimes) {
  const workerd = await Workerd.start(runtime, "measure.capnp");
  const times = new Map<string, number[]>(Object.keys(ways).map((way) => [way, []]));
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (const [name, way] of Object.entries(ways)) {
      const micros = await once(workerd.port(way.socket), way);
      if (round >= 0) times.get(name)?.push(micros);
    }
  }
  await workerd.stop();
  const median = (way: string) => times.get(way)?.sort((a, b) => a - b)[ROUNDS / 2] ?? NaN;
  const direct = median("direct");
  console.log(`\n${runtime.name}, median of ${ROUNDS}`);
  for (const way of Object.keys(ways)) {
    const micros = median(way);
    const added = micros - direct;
    console.log(
      `${way.padEnd(26)} ${micros.toFixed(0).padStart(5)} µs  ×${(micros / direct).toFixed(2)}  ${added.toFixed(0).padStart(5)} µs added`,
    );
  }
}
agent.destroy();
