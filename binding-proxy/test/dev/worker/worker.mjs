import { DurableObject, WorkerEntrypoint } from "cloudflare:workers";

/** A Worker that fails in the way that the path, or the name of the method, says. */
const ways = {
  ok: () => "ok",
  throws: () => {
    throw new TypeError("boom");
  },
  nothing: () => undefined,
  hangs: () => new Promise(() => {}),
  waits: () => new Promise((resolve) => setTimeout(resolve, 3_600_000)),
};

async function answer(request) {
  const body = await ways[new URL(request.url).pathname.slice(1)]();
  return body && new Response(body);
}

export default { fetch: answer };

export class Admin extends WorkerEntrypoint {
  fetch(request) {
    return answer(request);
  }
  ok() {
    return ways.ok();
  }
  fails() {
    return ways.throws();
  }
  hangs() {
    return ways.hangs();
  }
}

/** As Cloudflare recommends it: methods, and no fetch. */
export class Methods extends WorkerEntrypoint {
  ok() {
    return "ok";
  }
}

export class Room extends DurableObject {
  fetch(request) {
    return answer(request);
  }
  ok() {
    return ways.ok();
  }
}
