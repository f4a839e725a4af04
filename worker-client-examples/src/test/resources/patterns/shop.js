import { WorkerEntrypoint } from "cloudflare:workers";

/** One method in front of two Workers. */
export default class extends WorkerEntrypoint {
  async summary(id) {
    const order = await this.env.ORDERS.order(id);
    return { ...order, price: await this.env.CATALOG.price(order.item) };
  }
}
