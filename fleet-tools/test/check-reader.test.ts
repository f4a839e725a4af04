import assert from "node:assert/strict";
import { dirname, relative } from "node:path";
import { test } from "node:test";
import { unstable_readConfig as readConfig } from "wrangler";
import { readFleet } from "../src/fleet.ts";

const FIXTURES = new URL("fixtures", import.meta.url).pathname;

test("each environment of each fixture is read as wrangler reads it", async () => {
  const { projects } = await readFleet([FIXTURES]);
  let compared = 0;
  for (const { file, folder, deployments, messages } of projects) {
    for (const { environment, config } of deployments) {
      // Wrangler throws what is wrong; that the messages are the same is shown by wrangler-says.
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

/** What a configuration has: wrangler's bundle knows fields that the package doesn't, empty unless they are written. */
function written(config: object): object {
  const empty = (value: unknown): boolean => value === undefined || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(config).filter(([, value]) => !empty(value)));
}
