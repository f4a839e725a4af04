import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { unstable_readConfig as readConfig } from "wrangler";
import { readFleet } from "../src/fleet.ts";

const FIXTURES = new URL("fixtures", import.meta.url).pathname;

test("each environment of each fixture is read as wrangler reads it", async () => {
  const { projects } = await readFleet([FIXTURES]);
  let compared = 0;
  for (const { file, folder, deployments, messages } of projects) {
    for (const { environment, config } of deployments) {
      // Wrangler throws what is wrong; its messages are compared below.
      if (messages.some(({ severity }) => severity === "error")) {
        assert.throws(() => readConfig({ config: file, env: "" }, { hideWarnings: true }), relative(FIXTURES, file));
        continue;
      }
      const args = { env: environment ?? "" };
      // Without --config wrangler finds the redirected file; it would also find one further up that it prefers.
      process.chdir(dirname(folder.file));
      const theirs = readConfig(file === folder.file ? { ...args, config: file } : args, {
        hideWarnings: true,
        useRedirectIfAvailable: true,
      });
      assert.deepEqual(
        written(config),
        written(structuredClone(theirs)),
        `${relative(FIXTURES, file)} ${environment ?? ""}`,
      );
      compared++;
    }
  }
  assert.ok(compared > 100, `${compared} compared`);
});

test("what our reader says of a fixture is what wrangler itself said", async () => {
  let compared = 0;
  for (const name of readdirSync(FIXTURES)) {
    const file = join(FIXTURES, name, "wrangler-4.164.0.txt");
    if (!existsSync(file)) continue;
    const said = readFileSync(file, "utf8").replaceAll(/\s+/g, " ");
    const reported = readFileSync(join(FIXTURES, name, "expected.txt"), "utf8");
    for (const { folder, messages } of (await readFleet([join(FIXTURES, name)])).projects) {
      if (!reported.includes(`${relative(join(FIXTURES, name), folder.file)}:`)) continue;
      for (const { text } of messages) {
        // The package and wrangler's bundle have different releases of the TOML parser, which word it differently.
        const words = text.replace(/(Invalid TOML document): .*/, "$1").replaceAll(/\s+/g, " ");
        assert.ok(said.includes(words.trim()), `${name}: ${text}`);
        compared++;
      }
    }
  }
  assert.ok(compared > 15, `${compared} messages`);
});

/** What a configuration has: wrangler's bundle knows fields that the package doesn't, empty unless they are written. */
function written(config: object): object {
  const empty = (value: unknown): boolean => value === undefined || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(config).filter(([, value]) => !empty(value)));
}
