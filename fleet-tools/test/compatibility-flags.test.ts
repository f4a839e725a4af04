import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { FLAGS, WORKERD } from "../src/check/compatibility-flags.ts";

const require = createRequire(import.meta.url);
const { default: workerd, version } = require("workerd") as { default: string; version: string };
const root = mkdtempSync(join(tmpdir(), "fleet-flags-"));
after(() => rmSync(root, { recursive: true }));

/** What the installed workerd has on at a date, by flag. */
async function flagsAt(date: string): Promise<Record<string, boolean>> {
  const config = join(root, `${date}.capnp`);
  const source = `export default { test() { console.log(JSON.stringify(Cloudflare.compatibilityFlags)) } }`;
  writeFileSync(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = (
  modules = [(name = "main", esModule = ${JSON.stringify(source)})], compatibilityDate = "${date}"))]);`,
  );
  const output = await new Promise<string>((resolve, reject) => {
    execFile(workerd, ["test", config], (failure, stdout, stderr) =>
      failure ? reject(failure) : resolve(stdout + stderr),
    );
  });
  return JSON.parse(/^\{.*\}$/m.exec(output)![0]) as Record<string, boolean>;
}

test("the table has the flags of the installed workerd, and the dates from which they are on", async () => {
  assert.equal(WORKERD, version, "read the table from the new version");
  const [newest, older] = await Promise.all([flagsAt("2026-11-17"), flagsAt("2024-09-22")]);
  const known = FLAGS.map(({ enable }) => enable);
  assert.deepEqual(
    Object.keys(newest).filter((flag) => !known.includes(flag)),
    [],
  );

  const dated = FLAGS.flatMap(({ enable, since }) => (since === undefined ? [] : { enable, since }));
  assert.ok(dated.length > 80);
  for (const { enable, since } of dated) {
    assert.equal(newest[enable], since <= "2026-11-17", `${enable} at 2026-11-17`);
    // Some are brought in by others at an earlier date, so only what is due is compared.
    if (since <= "2024-09-22") assert.equal(older[enable], true, `${enable} at 2024-09-22`);
  }
});
