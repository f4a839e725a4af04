import { WorkerEntrypoint } from "cloudflare:workers";

const CENTS = { apple: 40, pear: 55 };

/** Called by RPC alone, so it has no fetch. */
export class CatalogApi extends WorkerEntrypoint {
  priceOf(item) {
    return CENTS[item];
  }
}

export default {
  fetch: () => new Response("The catalog is called by RPC.", { status: 404 }),
};
