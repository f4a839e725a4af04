export default { fetch: () => new Response("2.50") };
