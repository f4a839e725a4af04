/** Keeps orders in D1. */
export default {
  async fetch(request, env) {
    await env.DB.exec("CREATE TABLE IF NOT EXISTS orders (item TEXT)");
    if (request.method === "POST") {
      const { item } = await request.json();
      await env.DB.prepare("INSERT INTO orders VALUES (?)").bind(item).run();
    }
    const { results } = await env.DB.prepare("SELECT item FROM orders").all();
    return Response.json(results.map(({ item }) => item));
  },
};
