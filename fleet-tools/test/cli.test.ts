import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

const RUNTIMES = new URL("../../binding-proxy/test/runtimes/node_modules/", import.meta.url).pathname;
const CLI = new URL("../dist/cli.js", import.meta.url).pathname;
const SHOP = new URL("../../worker-client-examples/fleet/workers", import.meta.url).pathname;

for (const version of [22, 24]) {
  test(`the built command runs on Node ${version}`, () => {
    const { status, stdout, stderr } = fleet(version, "map", SHOP);
    assert.equal(stderr, "");
    assert.match(stdout, /CATALOG → catalog # CatalogApi\n/);
    assert.equal(status, 0);
  });
}

test("Node 20 is refused with what to use instead", () => {
  const { status, stderr } = fleet(20, "map", SHOP);
  assert.equal(stderr, "fleet: this is Node 20.20.2, and fleet needs 22 or newer\n");
  assert.equal(status, 2);
});

test("a folder that is not there is bad usage", () => {
  const { status, stderr } = fleet(22, "check", "nowhere");
  assert.match(stderr, /^fleet: .*nowhere does not exist: give folders that hold wrangler configurations\n$/);
  assert.equal(status, 2);
});

function fleet(version: number, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(`${RUNTIMES}node-${version}/bin/node`, [CLI, ...args], { encoding: "utf8" });
}
