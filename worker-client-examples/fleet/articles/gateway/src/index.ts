import { DurableObject } from "cloudflare:workers";

export class CapabilityRegistry extends DurableObject {
  find(name: string): string | null {
    return name === "resize" ? "images" : null;
  }
}

export class Runner extends DurableObject {
  start(): boolean {
    return true;
  }
}

export default {
  fetch(request: Request): Response {
    const { pathname } = new URL(request.url);
    return pathname === "/health" ? Response.json({ ok: true }) : new Response("not found", { status: 404 });
  },
  scheduled(): void {},
  queue(): void {},
};
