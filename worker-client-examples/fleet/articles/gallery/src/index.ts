interface Env {
  CATALOG: Fetcher;
}

export default {
  fetch(request: Request, env: Env): Promise<Response> {
    return env.CATALOG.fetch("http://catalog/api/types", { signal: AbortSignal.timeout(5000) });
  },
};
