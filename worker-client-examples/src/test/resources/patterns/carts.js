import { DurableObject } from "cloudflare:workers";

export class Cart extends DurableObject {
  async add(item) {
    const items = [...((await this.ctx.storage.get("items")) ?? []), item];
    await this.ctx.storage.put("items", items);
    return items;
  }
}

export default { fetch: () => new Response("call the objects", { status: 404 }) };
