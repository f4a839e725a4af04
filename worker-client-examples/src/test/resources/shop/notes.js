export default {
  async fetch(request, env) {
    await env.DB.exec("CREATE TABLE IF NOT EXISTS notes (text TEXT)");
    if (request.method === "POST") {
      await env.DB.prepare("INSERT INTO notes VALUES (?)")
        .bind(await request.text())
        .run();
      console.log("noted");
    }
    const { results } = await env.DB.prepare("SELECT text FROM notes").all();
    return Response.json(results.map((row) => row.text));
  },
};
