import { readFileSync } from "node:fs";
import { batch, callOf, lines } from "./support/rpc.js";
import { runtimes } from "./support/runtimes.js";
import { Workerd } from "./support/workerd.js";

// Not a test: what batches that ask for too much cost. The targets are in the same process, so their part is in it, too.
//   npm run build && node --import tsx test/pressure.ts
const call = (method: string, ...args: readonly unknown[]) => ["push", ["pipeline", 0, [method], args]];
const pulls = Array.from({ length: 64 }, (_, i) => ["pull", i + 1]);
const times = (count: number, message: unknown): readonly unknown[] => Array<unknown>(count).fill(message);

const batches: Readonly<Record<string, string>> = {
  "nothing but hello": callOf("hello", "x"),
  "one result of 15 MB": callOf("large", 15e6),
  "64 results of 31 MiB": lines(...times(64, call("large", 31 << 20)), ...pulls),
  "64 errors of 10 MB": lines(...times(64, call("largeError", 10e6)), ...pulls),
  "15 MB as argument 63 times": lines(
    call("large", 15e6),
    ...times(63, ["push", ["pipeline", 0, ["noop"], [["pipeline", 1]]]]),
    ...pulls,
  ),
  "two bigints of 16 Mbit": lines(...times(2, call("bigintOf", 16 << 20)), ["pull", 1], ["pull", 2]),
};

/** Peak memory of a process since its start. */
const peakMebibytes = (pid: number) =>
  Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024);

for (const runtime of runtimes) {
  console.log(`\n${runtime.name}: peak of the process; the batch; the longest wait of others meanwhile`);
  for (const [name, body] of Object.entries(batches)) {
    const workerd = await Workerd.start(runtime, "rpc.capnp");
    for (let i = 0; i < 200; i++) await batch(workerd, callOf("hello", "warm"));
    const start = performance.now();
    let done = false;
    const served = batch(workerd, body, { timeout: "60000" })
      .then(
        ({ status }) => String(status),
        (error: Error) => error.message,
      )
      .finally(() => (done = true));
    let longest = 0;
    while (!done) {
      const asked = performance.now();
      await batch(workerd, callOf("hello", "other"));
      longest = Math.max(longest, performance.now() - asked);
    }
    const took = performance.now() - start;
    console.log(
      `${name.padEnd(28)} ${String(peakMebibytes(workerd.pid)).padStart(5)} MiB  ${await served}  ${took.toFixed(0).padStart(6)} ms  ${longest.toFixed(0).padStart(6)} ms`,
    );
    await workerd.stop();
  }
}
