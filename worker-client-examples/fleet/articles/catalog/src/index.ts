interface Env {
  GATEWAY: Fetcher;
}

export default {
  fetch(request: Request, env: Env): Promise<Response> {
    return env.GATEWAY.fetch("http://gateway/v1/capabilities/search", { signal: AbortSignal.timeout(5000) });
  },
  scheduled(): void {},
};
