import { WorkerEntrypoint } from "cloudflare:workers";

/** HTTP for those outside, methods for other Workers. */
export default class extends WorkerEntrypoint {
  async fetch(request) {
    const id = new URL(request.url).pathname.split("/").at(-1);
    return Response.json(await this.order(id));
  }

  async order(id) {
    return { id, item: "apple" };
  }
}
