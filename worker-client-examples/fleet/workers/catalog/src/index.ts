import { WorkerEntrypoint } from "cloudflare:workers";

/** Something that is for sale. */
export interface Item {
  sku: string;
  state: "in-stock" | "sold-out";
}

/** The catalog, for other Workers and for backends. */
export class CatalogApi extends WorkerEntrypoint {
  /**
   * Returns the price of an item, in cents.
   * @idempotent
   */
  priceOf(sku: string): bigint {
    return BigInt(sku.length) * 100n;
  }

  /**
   * Finds items by the beginning of their name.
   * @idempotent
   */
  find(prefix: string): Item[] {
    const items: Item[] = [
      { sku: "apple", state: "in-stock" },
      { sku: "pear", state: "sold-out" },
    ];
    return items.filter(({ sku }) => sku.startsWith(prefix));
  }
}

export default {
  fetch(): Response {
    return new Response("apple\npear\n");
  },
};
