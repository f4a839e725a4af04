import { DurableObject } from "cloudflare:workers";
import type { Address, Status } from "./types.js";

export class Room extends DurableObject {
  #members: string[] = [];

  join(name: string) {
    this.#members.push(name);
    return { room: this.ctx.id.name ?? null, members: this.#members };
  }

  /** Once more does no harm. @idempotent */
  leave(name: string): void {
    this.#members = this.#members.filter((member) => member !== name);
  }

  /** Where it is, for an order in that state. */
  async where(status: Status): Promise<Address> {
    return { street: `Street of ${status}`, city: "Berlin", zip: undefined };
  }

  override async alarm() {}
}
