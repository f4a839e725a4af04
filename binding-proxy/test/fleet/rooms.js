import { DurableObject } from "cloudflare:workers";
import { count, onlyRuns } from "runs";

export class Room extends DurableObject {
  visits = 0;

  async fetch(request) {
    count();
    switch (new URL(request.url).pathname) {
      case "/throw":
        throw new Error("room boom");
      case "/abort":
        this.ctx.abort("room aborted");
        return new Response("not reached");
    }
    return Response.json({ id: this.ctx.id.toString(), name: this.ctx.id.name ?? null, visits: ++this.visits });
  }
}

export default onlyRuns;
