interface Env {
  CATALOG: Fetcher;
  GATEWAY: Fetcher;
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const signal = AbortSignal.timeout(5000);
    const books = await env.CATALOG.fetch("http://catalog/api/books", { signal });
    return books.ok ? books : env.GATEWAY.fetch("http://gateway/v1/budget", { signal });
  },
};
