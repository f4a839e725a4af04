const orders = new Map();

/** The Worker behind the service ORDERS. */
export default {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (request.method === "POST" && pathname === "/v1/orders") {
      const { item, count } = await request.json();
      if (item === "unicorn") return new Response("sold out", { status: 409 });
      const id = `o-${orders.size + 1}`;
      orders.set(id, { id, item, count });
      return Response.json(orders.get(id), { status: 201 });
    }
    const order = orders.get(pathname.replace("/v1/orders/", ""));
    return order ? Response.json(order) : new Response("no such order", { status: 404 });
  },
};
