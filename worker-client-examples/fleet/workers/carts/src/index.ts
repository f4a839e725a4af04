import { DurableObject } from "cloudflare:workers";

/** A customer's cart: one object for each customer. */
export class Cart extends DurableObject {
  /** Puts an item into the cart, and returns all that are in it. */
  async add(sku: string): Promise<string[]> {
    const items = [...((await this.ctx.storage.get<string[]>("items")) ?? []), sku];
    await this.ctx.storage.put("items", items);
    return items;
  }
}

export default {
  fetch(): Response {
    return new Response("carts are reached by the binding CARTS", { status: 404 });
  },
};
