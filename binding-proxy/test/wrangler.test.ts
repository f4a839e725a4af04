import assert from "node:assert/strict";
import { configOf, Misconfigured } from "../src/config.js";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parse } from "jsonc-parser";
import { lanes } from "./support/lanes.js";

const root = fileURLToPath(new URL("..", import.meta.url));

for (const { name, node, wrangler } of lanes) {
  it(`wrangler on ${name} takes wrangler.jsonc as it is, and would deploy the bundle unchanged`, () =>
    dryRun(node, wrangler));
}

async function dryRun(node: string, wrangler: string): Promise<void> {
  const out = await mkdtemp(join(tmpdir(), "binding-proxy-"));
  try {
    const { stdout } = await promisify(execFile)(node, [wrangler, "deploy", "--dry-run", "--outdir", out], {
      cwd: root,
      env: { ...process.env, WRANGLER_SEND_METRICS: "false", WRANGLER_LOG_PATH: out, CI: "true" },
    });
    for (const binding of ["ORDERS", "AUDIT", "ROOMS", "JOBS", "AI", "BINDINGS", "TOKEN_SCOPES"]) {
      assert.ok(stdout.includes(`env.${binding}`), `${binding} is missing in:\n${stdout}`);
    }
    const built = await readFile(join(root, "dist/binding-proxy.js"), "utf8");
    assert.equal(await readFile(join(out, "binding-proxy.js"), "utf8"), built);
  } finally {
    await rm(out, { recursive: true });
  }
}

it("the proxy takes the variables of wrangler.jsonc, and its bindings all have their methods", async () => {
  const file = join(root, "wrangler.jsonc");
  const config = parse(await readFile(file, "utf8"), [], { allowTrailingComma: true }) as {
    vars: Record<string, unknown>;
  };
  const parsed = configOf({ ...config.vars, PROXY_TOKEN: "x".repeat(32) });
  assert.ok(!(parsed instanceof Misconfigured), JSON.stringify(parsed));
  const methods = [...parsed.bindings].map(([name, { rpc }]) => [name, [...(rpc?.methods.keys() ?? [])]]);
  assert.deepEqual(Object.fromEntries(methods), {
    ORDERS: ["health", "getOrder", "account"],
    AUDIT: [],
    ROOMS: ["join", "members"],
    JOBS: ["send"],
    AI: ["run"],
  });
});
