import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));

it("wrangler takes wrangler.jsonc as it is, and would deploy the bundle unchanged", async () => {
  const out = await mkdtemp(join(tmpdir(), "binding-proxy-"));
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(root, "node_modules/wrangler/bin/wrangler.js"), "deploy", "--dry-run", "--outdir", out],
      { cwd: root, env: { ...process.env, WRANGLER_SEND_METRICS: "false", WRANGLER_LOG_PATH: out, CI: "true" } },
    );
    for (const binding of ["APIMOM", "AUDIT", "ROOMS", "JOBS", "AI", "BINDINGS", "TOKEN_SCOPES"]) {
      assert.ok(stdout.includes(`env.${binding}`), `${binding} is missing in:\n${stdout}`);
    }
    const built = await readFile(join(root, "dist/binding-proxy.js"), "utf8");
    assert.equal(await readFile(join(out, "binding-proxy.js"), "utf8"), built);
  } finally {
    await rm(out, { recursive: true });
  }
});
