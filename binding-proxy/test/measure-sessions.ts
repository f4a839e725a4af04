import http from "node:http";
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { controlHeaders } from "./support/proxy.js";
import { callOf } from "./support/rpc.js";
import { call, callOn, WireSession } from "./support/rpc-session.js";
import { runtimes } from "./support/runtimes.js";
import { Workerd } from "./support/workerd.js";

// Not a test: what a call costs in a session and in HTTP batches of one, through the proxy, all ways in turn in one run; and
// the memory of the process that has proxy and target.
//   npm run build && node --import tsx test/measure-sessions.ts
const CALLS = 1500;
const ROUNDS = 5;

const headers = controlHeaders({ target: "ACCOUNTS", op: "rpc", timeout: "10000;headers" });

interface Run {
  readonly bytes: number;
}

/** Calls, a number of them at the same time. */
async function inParallel(count: number, one: (worker: number) => Promise<void>): Promise<void> {
  let left = CALLS;
  const work = async (worker: number) => {
    while (left-- > 0) await one(worker);
  };
  await Promise.all(Array.from({ length: count }, (_, worker) => work(worker)));
}

async function batches(workerd: Workerd, count: number): Promise<Run> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: count });
  const body = callOf("hello", "you");
  const sockets = new Set<{ bytesRead: number; bytesWritten: number }>();
  await inParallel(count, async () => {
    const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const wanted = { host: "127.0.0.1", port: workerd.port("proxy"), method: "POST", headers, agent };
      http.request(wanted, resolve).on("error", reject).end(body);
    });
    sockets.add(answer.socket);
    await text(answer);
  });
  agent.destroy();
  return { bytes: [...sockets].reduce((sum, { bytesRead, bytesWritten }) => sum + bytesRead + bytesWritten, 0) };
}

async function session(workerd: Workerd, count: number, chain = false): Promise<Run> {
  const session = await WireSession.open(workerd);
  const waiting = new Map<number, () => void>();
  let id = 0;
  let open = true;
  const reading = (async () => {
    while (open) {
      const next = await session.webSocket.next();
      if (typeof next !== "string") throw new Error(JSON.stringify(next));
      const [, answered] = JSON.parse(next) as [string, number];
      waiting.get(answered)?.();
      waiting.delete(answered);
    }
  })();
  await inParallel(count, async () => {
    const last = (id += chain ? 3 : 1);
    const answered = new Promise<void>((resolve) => waiting.set(last, resolve));
    if (chain) session.send(call("account", 7), callOn(last - 2, "sub"), callOn(last - 1, "profile"), ["pull", last]);
    else session.send(call("hello", "you"), ["pull", last]);
    await answered;
    session.send(["release", last, 1]);
    if (chain) session.send(["release", last - 1, 1], ["release", last - 2, 1]);
  });
  open = false;
  session.send(call("hello", "last"), ["pull", id + 1]);
  await reading;
  const { bytesRead, bytesWritten } = session.webSocket.socket;
  session.end();
  return { bytes: bytesRead + bytesWritten };
}

const ways: Readonly<Record<string, (workerd: Workerd) => Promise<Run>>> = {
  "batches of one, one at a time": (workerd) => batches(workerd, 1),
  "batches of one, 16 at a time": (workerd) => batches(workerd, 16),
  "a session, one at a time": (workerd) => session(workerd, 1),
  "a session, 16 at a time": (workerd) => session(workerd, 16),
  "a session, 64 at a time": (workerd) => session(workerd, 64),
  "a session, chains of three": (workerd) => session(workerd, 1, true),
};

const mebibytes = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;

function cpuMillis(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/.*\) /, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? NaN;

for (const runtime of runtimes) {
  const workerd = await Workerd.start(runtime, "rpc.capnp");
  for (const way of Object.values(ways)) await way(workerd);
  const before = mebibytes(workerd.pid);
  const seen = Object.keys(ways).map(() => ({ perSecond: [] as number[], cpu: [] as number[], bytes: [] as number[] }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, way] of Object.values(ways).entries()) {
      const cpu = cpuMillis(workerd.pid);
      const start = performance.now();
      const { bytes } = await way(workerd);
      seen[i]?.perSecond.push((CALLS * 1000) / (performance.now() - start));
      seen[i]?.cpu.push(((cpuMillis(workerd.pid) - cpu) * 1000) / CALLS);
      seen[i]?.bytes.push(bytes / CALLS);
    }
  }
  console.log(`\n${runtime.name}: calls a second; µs of workerd's CPU a call, target included; bytes a call`);
  for (const [i, name] of Object.keys(ways).entries()) {
    const columns = [seen[i]?.perSecond, seen[i]?.cpu, seen[i]?.bytes].map((column) => median(column ?? []).toFixed(0));
    console.log(name.padEnd(32), ...columns.map((column) => column.padStart(7)));
  }
  console.log(`memory: ${before.toFixed(0)} MiB before, ${mebibytes(workerd.pid).toFixed(0)} MiB after`);
  await workerd.stop();
}
