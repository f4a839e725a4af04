import { WorkerEntrypoint } from "cloudflare:workers";
import type { CatalogApi } from "../../catalog/src/index";

interface Env {
  CATALOG: Service<CatalogApi>;
}

/** What a customer wants. */
export interface Order {
  sku: string;
  /** @int */
  count: number;
  note?: string;
}

/** What was ordered, with its price in cents. */
export interface Receipt {
  id: string;
  total: bigint;
  at: Date;
}

/** Takes orders. */
export default class Orders extends WorkerEntrypoint<Env> {
  override fetch(request: Request): Response {
    const { pathname } = new URL(request.url);
    return pathname === "/v1/health" ? Response.json({ ok: true }) : new Response("not found", { status: 404 });
  }

  /** Places an order. */
  async place(order: Order): Promise<Receipt> {
    const price = await this.env.CATALOG.priceOf(order.sku);
    return { id: `o-${order.sku}`, total: price * BigInt(order.count), at: new Date(0) };
  }
}
