import { RpcTarget } from "cloudflare:workers";

export { Orders } from "./orders.js";
export { Room as Rooms } from "./rooms.js";
export type { Order } from "./types.js";

export abstract class Template extends RpcTarget {
  text() {
    return "not exported as something to call";
  }
}

export default { fetch: () => new Response("nothing here") };
