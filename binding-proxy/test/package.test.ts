import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { lanes } from "./support/lanes.js";

const run = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));
const name = "@worker-client/binding-proxy";

let project: string;
let files: readonly string[];

before(async () => {
  project = await mkdtemp(join(tmpdir(), "binding-proxy-package-"));
  // Without the scripts, which would build what other tests are reading.
  const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", project];
  const { stdout } = await run("npm", pack, { cwd: root });
  const [packed] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  files = packed.files.map(({ path }) => path);
  const folder = join(project, "node_modules", name);
  await mkdir(folder, { recursive: true });
  await run("tar", ["-xzf", join(project, packed.filename), "-C", folder, "--strip-components=1"]);
});

after(() => rm(project, { recursive: true }));

it("the npm package has the bundle, its licenses and what one needs to deploy it, nothing else", () => {
  // The license is a copy that is made when the package is published.
  assert.deepEqual(
    files.filter((file) => file !== "LICENSE"),
    ["NOTICE", "README.md", "dist/binding-proxy.js", "dist/capnweb-LICENSE.txt", "package.json", "wrangler.jsonc"],
  );
});

for (const { name: lane, node, wrangler } of lanes) {
  it(`a project that has the npm package deploys it with wrangler on ${lane}`, async () => {
    const config = join(project, "wrangler.json");
    await writeFile(
      config,
      JSON.stringify({
        name: "workers-proxy",
        main: `node_modules/${name}/dist/binding-proxy.js`,
        no_bundle: true,
        compatibility_date: "2026-04-21",
        vars: { BINDINGS: { ORDERS: { kind: "service" } } },
        services: [{ binding: "ORDERS", service: "orders" }],
      }),
    );
    const out = await mkdtemp(join(project, "out-"));
    const dryRun = [wrangler, "deploy", "--dry-run", "--config", config, "--outdir", out];
    const env = { ...process.env, WRANGLER_SEND_METRICS: "false", WRANGLER_LOG_PATH: out, CI: "true" };
    const { stdout } = await run(node, dryRun, { cwd: project, env });

    assert.ok(stdout.includes("env.ORDERS"), stdout);
    const built = await readFile(join(root, "dist/binding-proxy.js"), "utf8");
    assert.equal(await readFile(join(out, "binding-proxy.js"), "utf8"), built);
  });
}
