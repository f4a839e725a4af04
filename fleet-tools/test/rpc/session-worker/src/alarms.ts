import { type RpcStub, RpcTarget, WorkerEntrypoint } from "cloudflare:workers";
import type { Change, Listener } from "./types.js";

/** An alarm that can be set off. */
class Alarm extends RpcTarget {
  constructor(readonly name: string) {
    super();
  }

  ring(times: number): string {
    return `${this.name} `.repeat(times).trim();
  }
}

/** Reached through the binding proxy, which carries objects and callbacks. */
export class Alarms extends WorkerEntrypoint {
  create(name: string): Alarm {
    return new Alarm(name);
  }

  async each(names: string[], listener: RpcStub<(name: string) => number>): Promise<number> {
    let sum = 0;
    for (const name of names) sum += await listener(name);
    return sum;
  }

  async report(change: Change, listener: Listener): Promise<string> {
    await listener.changed(change);
    return await listener.ended(change.path, 1);
  }
}
