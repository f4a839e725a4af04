import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { after, before, describe } from "node:test";
import { fileURLToPath } from "node:url";
import { runtimes, type Runtime } from "./runtimes.js";

/** A workerd process that serves one of the configurations in test/fleet. */
export class Workerd {
  private constructor(
    private readonly ports: ReadonlyMap<string, number>,
    readonly pid: number,
    readonly stop: () => Promise<void>,
  ) {}

  static async start({ binary }: Runtime, configuration: string, ...options: readonly string[]): Promise<Workerd> {
    const file = fileURLToPath(new URL(`../fleet/${configuration}`, import.meta.url));
    // Written to fd 3, so that the log lines of the Workers, on stdout, don't mix with the ports.
    const child = spawn(binary, ["serve", "--control-fd=3", ...options, file], {
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    let log = "";
    child.stdout?.on("data", (text) => (log += text));
    child.stderr?.on("data", (text) => (log += text));
    const killAtExit = () => child.kill("SIGKILL");
    process.once("exit", killAtExit);
    const ended = once(child, "exit");
    const logged = once(child, "close");

    const sockets = expectedSockets(configuration);
    const ports = new Map<string, number>();
    for await (const line of createInterface({ input: child.stdio[3] as NodeJS.ReadableStream })) {
      const { event, socket, port } = JSON.parse(line) as { event: string; socket: string; port: number };
      if (event === "listen") ports.set(socket, port);
      if (ports.size === sockets) break;
    }
    if (ports.size !== sockets) {
      await logged;
      throw new Error(`workerd did not start with ${configuration}:\n${log}`);
    }
    return new Workerd(ports, child.pid ?? NaN, async () => {
      process.off("exit", killAtExit);
      // Not SIGTERM: workerd then waits for open connections, and broken scenarios leave some.
      child.kill("SIGKILL");
      await ended;
    });
  }

  port(socket: string): number {
    const port = this.ports.get(socket);
    if (port === undefined) throw new Error(`no socket ${socket}; there are: ${[...this.ports.keys()].join(", ")}`);
    return port;
  }
}

function expectedSockets(configuration: string): number {
  const text = readFileSync(new URL(`../fleet/${configuration}`, import.meta.url), "utf8");
  return text.match(/address = /g)?.length ?? 0;
}

/** Runs one set of scenarios on every runtime, each with processes of its own. */
export function onEachRuntime(title: string, configuration: string, scenarios: (workerd: () => Workerd) => void): void {
  for (const runtime of runtimes) {
    describe(`${title}, on ${runtime.name}`, () => {
      let workerd: Workerd | undefined;
      before(async () => {
        workerd = await Workerd.start(runtime, configuration);
      });
      after(() => workerd?.stop());
      scenarios(() => {
        if (workerd === undefined) throw new Error("workerd is not running");
        return workerd;
      });
    });
  }
}
