/** Lets callers with the token through to the Worker that the path names. */
export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    const target = { orders: env.ORDERS, catalog: env.CATALOG }[pathname.split("/")[1]];
    const allowed = request.headers.get("Authorization") === `Bearer ${env.TOKEN}`;
    const answer = !allowed
      ? Response.json({ error: "no token" }, { status: 401 })
      : target
        ? await target.fetch(request)
        : new Response("no such Worker", { status: 404 });
    const stamped = new Response(answer.body, answer);
    stamped.headers.set("X-Gateway", "1");
    return stamped;
  },
};
