import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { send } from "./support/http.js";
import { batch, callOf, lines } from "./support/rpc.js";
import { runtimes } from "./support/runtimes.js";
import { Workerd } from "./support/workerd.js";

// Not a test: what batches that ask for too much cost the proxy. It has a process of its own; the target is in another.
//   npm run build && node --import tsx test/pressure.ts [regular expression of the names]
const call = (method: string, ...args: readonly unknown[]) => ["push", ["pipeline", 0, [method], args]];
const pulls = Array.from({ length: 64 }, (_, i) => ["pull", i + 1]);
const times = (count: number, message: unknown): readonly unknown[] => Array<unknown>(count).fill(message);

const LARGEST = 31 << 20;
const batches: Readonly<Record<string, string>> = {
  "nothing but hello": callOf("hello", "x"),
  "one result of 15 MB": callOf("large", 15e6),
  "64 results of 31 MiB": lines(...times(64, call("large", LARGEST)), ...pulls),
  "32 results of 10 B, 32 of 31 MiB": lines(
    ...times(32, call("large", 10)),
    ...times(32, call("large", LARGEST)),
    ...pulls,
  ),
  "the same, after 20 ms each": lines(
    ...times(32, call("slowLarge", 20, 10)),
    ...times(32, call("slowLarge", 20, LARGEST)),
    ...pulls,
  ),
  "the same, after 40 ms and after 400": lines(
    ...times(32, call("slowLarge", 40, 10)),
    ...times(32, call("slowLarge", 400, LARGEST)),
    ...pulls,
  ),
  "64 results of 240 KB": lines(...times(64, call("large", 240e3)), ...pulls),
  "one error of 10 MB": callOf("largeError", 10e6),
  "64 errors of 10 MB": lines(...times(64, call("largeError", 10e6)), ...pulls),
  "64 errors with 10 MB of properties": lines(...times(64, call("hiddenInError", 10e6)), ...pulls),
  "15 MB as argument 63 times": lines(
    call("large", 15e6),
    ...times(63, ["push", ["pipeline", 0, ["noop"], [["pipeline", 1]]]]),
    ...pulls,
  ),
  "two bigints of 16 Mbit": lines(...times(2, call("bigintOf", 16 << 20)), ["pull", 1], ["pull", 2]),
  "64 calls of 100 ms": lines(...times(64, call("slow", 100)), ...pulls),
};

type Action = (proxy: Workerd) => Promise<string>;

const actions: Readonly<Record<string, Action>> = {
  "bare Worker: 15 MB, dropped": (proxy) => bare(proxy, "/drop", 15e6),
  "bare Worker: 15 MB, passed on": (proxy) => bare(proxy, "/pass", 15e6),
  "bare Worker: 31 MiB, dropped": (proxy) => bare(proxy, "/drop", LARGEST),
  "bare Worker: 31 MiB, passed on": (proxy) => bare(proxy, "/pass", LARGEST),
  "bare Worker: an error of 10 MB": (proxy) => bare(proxy, "/error", 10e6),
  ...Object.fromEntries(
    Object.entries(batches).map(([name, body]) => [
      name,
      async (proxy: Workerd) => String((await batch(proxy, body, { timeout: "60000" })).status),
    ]),
  ),
};

async function bare(proxy: Workerd, path: string, bytes: number): Promise<string> {
  return String((await send(proxy.port("bare"), `${path}?bytes=${bytes}`)).status);
}

function mebibytes(pid: number, what: "VmHWM" | "VmRSS"): number {
  return Number(new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}

/** What the process has computed so far, the kernel's work for it included. Linux counts it in hundredths of a second. */
function cpuMillis(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/.*\) /, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

const chosen = new RegExp(process.argv[2] ?? "");

for (const runtime of runtimes) {
  console.log(
    `\n${runtime.name}: its memory before; its peak above that; status; ms; ms of CPU; longest wait of others`,
  );
  for (const [name, action] of Object.entries(actions)) {
    if (!chosen.test(name)) continue;
    const targets = await Workerd.start(runtime, "rpc.capnp");
    const address = `--external-addr=accounts=127.0.0.1:${targets.port("direct-accounts")}`;
    const proxy = await Workerd.start(runtime, "pressure.capnp", address);
    const other = () => batch(proxy, callOf("hello", "x"), { target: "HELLO_ONLY" });
    for (let i = 0; i < 200; i++) await Promise.all([other(), batch(proxy, callOf("hello", "warm"))]);
    await bare(proxy, "/pass", 1);
    const idle = mebibytes(proxy.pid, "VmRSS");
    writeFileSync(`/proc/${proxy.pid}/clear_refs`, "5"); // Sets the peak to what is used now.
    const cpu = cpuMillis(proxy.pid);
    const start = performance.now();
    let done = false;
    const acted = action(proxy)
      .catch((error: Error) => error.message)
      .finally(() => (done = true));
    let longest = 0;
    while (!done) {
      const asked = performance.now();
      await other();
      longest = Math.max(longest, performance.now() - asked);
      await pause(5);
    }
    const took = performance.now() - start;
    const peak = mebibytes(proxy.pid, "VmHWM");
    const columns = [
      idle.toFixed(0),
      `+${(peak - idle).toFixed(0)} MiB`,
      await acted,
      took.toFixed(0),
      (cpuMillis(proxy.pid) - cpu).toFixed(0),
      longest.toFixed(0),
    ];
    console.log(name.padEnd(36), ...columns.map((column) => column.padStart(9)));
    await Promise.all([proxy.stop(), targets.stop()]);
  }
}
