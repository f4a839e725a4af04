import { WorkerEntrypoint } from "cloudflare:workers";

export default class extends WorkerEntrypoint {
  async fetch(request) {
    const item = new URL(request.url).pathname.split("/").at(-1);
    return Response.json({ item, price: await this.price(item) });
  }

  async price(item) {
    return item === "apple" ? "2.50" : "1.00";
  }
}
