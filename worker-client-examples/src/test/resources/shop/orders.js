import { DurableObject, WorkerEntrypoint } from "cloudflare:workers";

/** The orders of one customer. */
export class Cart extends DurableObject {
  async add(item) {
    const items = [...((await this.ctx.storage.get("items")) ?? []), item];
    await this.ctx.storage.put("items", items);
    return items;
  }
}

export default class extends WorkerEntrypoint {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    const customer = pathname.slice(1);
    const price = await (await this.env.CATALOG.fetch("https://catalog.invalid/apple")).text();
    await this.env.SESSIONS.put(customer, price);
    const items = await this.env.CARTS.get(this.env.CARTS.idFromName(customer)).add("apple");
    return Response.json({ items, price: await this.env.SESSIONS.get(customer) });
  }
}
