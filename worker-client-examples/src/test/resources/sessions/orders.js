import { newWorkersRpcResponse, RpcTarget } from "capnweb";
import { WorkerEntrypoint } from "cloudflare:workers";

// Carts that stay while a session does, events that are told to whoever watches, and an export as a stream.
class Cart extends RpcTarget {
  #items = [];

  add(item) {
    this.#items.push(item);
    return this.#items.length;
  }

  order() {
    return { id: 7, items: this.#items };
  }
}

class Order extends RpcTarget {
  #id;

  constructor(id) {
    super();
    this.#id = id;
  }

  get id() {
    return this.#id;
  }

  total() {
    return this.#id * 10;
  }
}

class Orders extends RpcTarget {
  cart() {
    return new Cart();
  }

  async watch(watcher) {
    for (const event of ["placed", "paid", "sent"]) await watcher(event);
  }

  all() {
    return [new Order(1), new Order(2)];
  }

  export() {
    return new Response("id,total\n1,10\n2,20\n").body;
  }

  async load(csv) {
    return (await new Response(csv).text()).split("\n").length - 1;
  }

  #archived = 0;

  archive() {
    return new WritableStream({ write: (chunk) => void (this.#archived += chunk.length) });
  }

  archived() {
    return this.#archived;
  }

  async forward(request) {
    const { length } = await request.text();
    return new Response(null, { status: request.method === "PUT" && length === 3 ? 201 : 400 });
  }
}

/** The same by a service binding, as the binding proxy calls it. */
export class Bound extends WorkerEntrypoint {
  cart() {
    return new Cart();
  }

  watch(watcher) {
    return new Orders().watch(watcher);
  }
}

export default {
  fetch(request) {
    return newWorkersRpcResponse(request, new Orders());
  },
};
