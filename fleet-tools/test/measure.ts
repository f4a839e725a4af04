// How long 200 Workers take, beside wrangler's own reader of configurations, and how much memory: node test/measure.ts
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { normalizeAndValidateConfig, readRawConfig } from "../src/wrangler.ts";
import { check } from "../src/check/index.ts";
import { readFleet } from "../src/fleet.ts";

/** Writes a fleet in which each Worker binds the next three, has an environment and a Durable Object, and calls what it binds. */
function generate(count: number): string {
  const root = mkdtempSync(join(tmpdir(), "fleet-measure-"));
  for (let index = 0; index < count; index++) {
    const folder = join(root, `worker-${index}`);
    mkdirSync(folder);
    const services = [1, 2, 3].map((step) => ({
      binding: `NEXT_${step}`,
      service: `worker-${(index + step) % count}`,
    }));
    const objects = { bindings: [{ name: "ROOMS", class_name: "Room" }] };
    const migrations = [{ tag: "v1", new_sqlite_classes: ["Room"] }];
    const config = {
      name: `worker-${index}`,
      main: "index.ts",
      compatibility_date: "2026-04-21",
      services,
      durable_objects: objects,
      migrations,
    };
    const staging = { services, durable_objects: objects };
    writeFileSync(join(folder, "wrangler.jsonc"), JSON.stringify({ ...config, env: { staging } }, null, 2));
    const calls = Array.from(
      { length: 60 },
      (_, call) => `
      case "/${call}":
        return env.NEXT_${(call % 3) + 1}.fetch("https://next/${call}", { signal: AbortSignal.timeout(1000) });`,
    );
    writeFileSync(
      join(folder, "index.ts"),
      `import { DurableObject } from "cloudflare:workers";
import { price } from "./price";
export class Room extends DurableObject {}
export default {
  async fetch(request: Request, env: any): Promise<Response> {
    switch (new URL(request.url).pathname) {${calls.join("")}
    }
    return Response.json(price(1));
  },
};
`,
    );
    writeFileSync(join(folder, "price.ts"), "export const price = (net: number): number => net * 1.2;\n");
  }
  return root;
}

const megabytes = (bytes: number): number => Math.round(bytes / 2 ** 20);

for (const count of (process.argv[2] ?? "200,200,200").split(",").map(Number)) {
  const root = generate(count);
  const started = performance.now();
  for (let index = 0; index < count; index++) {
    const file = join(root, `worker-${index}/wrangler.jsonc`);
    const { rawConfig } = readRawConfig({ config: file });
    for (const env of ["", "staging"]) normalizeAndValidateConfig(structuredClone(rawConfig), file, file, { env });
  }
  const wrangler = performance.now();
  const fleet = await readFleet([root]);
  const read = performance.now();
  const findings = check(fleet);
  const checked = performance.now();
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  console.log(
    `${count} Workers: wrangler's reader ${Math.round(wrangler - started)} ms, fleet read ${Math.round(read - wrangler)} ms, checked ${Math.round(checked - read)} ms (${findings.length} findings); heap ${megabytes(heapUsed)} MB, rss ${megabytes(rss)} MB`,
  );
  rmSync(root, { recursive: true });
}
