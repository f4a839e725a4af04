interface Env {
  GATEWAY: Fetcher;
  MEDIA: Fetcher;
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const signal = AbortSignal.timeout(5000);
    const plan = await env.GATEWAY.fetch("http://gateway/v1/capabilities/resize", { signal });
    return env.MEDIA.fetch(new Request("http://media/v1/files", { method: "POST", body: plan.body, signal }));
  },
};
