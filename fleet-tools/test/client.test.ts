import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { parseAllDocuments } from "yaml";
import { clientEnvironments } from "../src/client/command.ts";
import { clientConfig } from "../src/client/index.ts";
import { readFleet } from "../src/fleet.ts";

const EXAMPLES = new URL("../../worker-client-examples/fleet/", import.meta.url).pathname;

/** WorkerClient.fromConfig and Spring Boot read it in ConfigFileTest. */
const GENERATED = new URL(
  "../../worker-client-spring-boot-starter/src/test/resources/workers/generated.yaml",
  import.meta.url,
);

const folder = await mkdtemp(join(tmpdir(), "fleet-client-"));
after(() => rm(folder, { recursive: true }));

async function fleetOf(name: string, files: Record<string, string>): ReturnType<typeof readFleet> {
  for (const [file, text] of Object.entries(files)) {
    const path = join(folder, name, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  return readFleet([join(folder, name)]);
}

const config = (name: string, more: object): string =>
  JSON.stringify({ name, main: "index.js", compatibility_date: "2026-04-21", ...more });
const ANSWERS = "export default { fetch: () => new Response() };";

/** The client's settings of each document. */
function settingsOf(text: string): unknown[] {
  return parseAllDocuments(text).map((document) => (document.toJS() as { "worker-client": unknown })["worker-client"]);
}

test("a file has a document for each environment, and says where its values came from", async () => {
  const fleet = await readFleet([join(EXAMPLES, "workers")]);
  const text = clientConfig(
    fleet,
    [
      { name: "production", proxyUrl: "https://workers-proxy.example.com" },
      { name: "staging", environment: "staging", proxyUrl: "https://workers-proxy.staging.example.com" },
    ],
    EXAMPLES,
  );
  assert.equal(text, await readFile(GENERATED, "utf8"));
});

test("a proxy of the fleet gives its address, and the names and health paths that it lends", async () => {
  const fleet = await fleetOf("proxied", {
    "media/wrangler.json": config("media", {}),
    "media/index.js": ANSWERS,
    "proxy/wrangler.json": config("proxy", {
      routes: [{ pattern: "proxy.example.com", custom_domain: true }],
      services: [
        { binding: "mediaStore", service: "media" },
        { binding: "ON", service: "media", entrypoint: "Admin" },
        { binding: "NOT_LENT", service: "media" },
      ],
      vars: { BINDINGS: { mediaStore: { kind: "service", healthPath: "/up" }, ON: { kind: "service" } } },
    }),
    "proxy/index.js": ANSWERS,
  });
  const text = clientConfig(fleet, [{}]);
  assert.deepEqual(settingsOf(text), [
    {
      "binding-proxy": { url: "https://proxy.example.com", "bearer-token": "${PROXY_TOKEN}" },
      services: {
        MEDIASTORE: { binding: "mediaStore", routes: "binding-proxy", "health-path": "/up" },
        ON: { routes: "binding-proxy" },
      },
    },
  ]);
  assert.match(text, /^ {4}"ON":$/m, "a truth value of YAML 1.1 needs quotes");
});

test("a custom domain is a route for all paths of a host, of this environment, to the default export", async () => {
  const fleet = await fleetOf("routes", {
    "a/wrangler.json": config("a", {
      routes: ["*.example.com/*", "example.com/a/*", "https://a.example.com/*", "later.example.com/*"],
      env: { staging: {} },
    }),
    "a/index.js": `import { WorkerEntrypoint } from "cloudflare:workers";
      export class Admin extends WorkerEntrypoint { fetch() { return new Response(); } }
      export default { fetch: (request) => new Response(request.headers.get("Authorization")) };`,
    "b/wrangler.json": config("b", { route: "b.example.com/*" }),
    "b/index.js":
      "export default { fetch(r, e, context) { context.passThroughOnException(); return new Response(); } };",
  });
  const proxyUrl = "https://proxy.example.com";
  const text = clientConfig(fleet, [{ proxyUrl }, { name: "staging", environment: "staging", proxyUrl }], folder);
  const [top, staging] = settingsOf(text).map((settings) => (settings as { services: unknown }).services);
  assert.deepEqual(top, {
    A: { "custom-domain": { url: "https://a.example.com", "bearer-token": "${A_TOKEN}" } },
    A_ADMIN: { routes: "binding-proxy" },
    B: { "custom-domain": { url: "https://b.example.com" } },
  });
  assert.deepEqual(staging, { ...(top as object), A: { routes: "binding-proxy" } });
  assert.match(text, /# Worker b: routes\/b\/wrangler\.json, which has no environment staging\n/);
  assert.equal(text.match(/# stamped-by/g)?.length, 1, "no stamp is a promise of a Worker that lets its origin answer");
});

test("without the proxy's address, a Worker that has no host of its own can't be called", async () => {
  const fleet = await fleetOf("alone", {
    "a/wrangler.json": config("a", { routes: ["a.example.com/*"], env: { staging: {} } }),
    "a/index.js": ANSWERS,
  });
  assert.deepEqual(settingsOf(clientConfig(fleet, [{}])), [
    { services: { A: { "custom-domain": { url: "https://a.example.com" } } } },
  ]);
  const shop = await readFleet([join(EXAMPLES, "workers")]);
  assert.throws(() => clientConfig(shop, [{}]), /, or write --proxy-url https:\/\/workers-proxy\.example\.com$/);
  assert.throws(() => clientConfig(fleet, [{ name: "staging", environment: "staging" }]), {
    message:
      "A can be called through a binding proxy alone in staging, and no Worker of these folders is one: " +
      "add the proxy's folder, or write --proxy-url staging=https://workers-proxy.example.com",
  });
});

test("of two Workers of one name, the one nearest to the proxy is called", async () => {
  const shop = (name: string): Record<string, string> => ({
    [`${name}/media/wrangler.json`]: config("media", { routes: [`media.${name}.example.com/*`] }),
    [`${name}/media/index.js`]: ANSWERS,
  });
  const fleet = await fleetOf("twice", {
    ...shop("a"),
    ...shop("b"),
    "b/proxy/wrangler.json": config("proxy", {
      routes: ["proxy.example.com/*"],
      services: [{ binding: "MEDIA", service: "media" }],
      vars: { BINDINGS: { MEDIA: { kind: "service" } } },
    }),
    "b/proxy/index.js": ANSWERS,
  });
  assert.match(clientConfig(fleet, [{}]), /url: https:\/\/media\.b\.example\.com #/);
});

test("an address of the proxy belongs to an environment", async () => {
  const fleet = await readFleet([join(EXAMPLES, "workers")]);
  const environments = (env: string[], topLevel: string | undefined, ...proxyUrl: string[]): unknown =>
    clientEnvironments(fleet, { env, proxyUrl, ...(topLevel === undefined ? {} : { topLevel }) });
  assert.deepEqual(environments([], undefined, "https://a.test"), [{ proxyUrl: "https://a.test" }]);
  assert.deepEqual(environments(["staging"], undefined, "https://a.test"), [
    { name: "staging", environment: "staging", proxyUrl: "https://a.test" },
  ]);
  assert.deepEqual(environments(["staging"], "production", "staging=https://a.test:8443/base"), [
    { name: "production" },
    { name: "staging", environment: "staging", proxyUrl: "https://a.test:8443/base" },
  ]);
  assert.throws(() => environments(["staging"], "production", "https://a.test"), {
    message: "--proxy-url https://a.test: write whose it is, as production=https://… or staging=https://…",
  });
  assert.throws(() => environments(["staging"], undefined, "prod=https://a.test"), /write whose it is/);
  assert.throws(() => environments([], undefined, "a.test"), {
    message: "--proxy-url a.test: write https://… or staging=https://…",
  });
  assert.throws(() => environments(["prod"], undefined), /no configuration has the environment prod/);
  assert.throws(() => environments(["staging"], "staging"), /--top-level staging: an environment has that name/);
});
