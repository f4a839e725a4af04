import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { test } from "node:test";
import { differences, generateRpc, write, type RpcOptions } from "../src/rpc/index.ts";

const HERE = join(import.meta.dirname, "rpc");
const PROBLEMS = join(HERE, "problems.txt");

/** As worker-client-mockserver compiles it, and calls a real Worker by it. */
const ALL = { entry: join(HERE, "worker/src/index.ts"), package: "com.acme.orders", out: join(HERE, "expected") };
const LATER = { ...ALL, package: "com.acme.later", classes: ["Rooms"], async: true };

test("a Worker gives the Java files that are committed, and a problem for each method that Java can't call", async () => {
  const { problems } = await generated(ALL);
  const text = problems.map(({ file, line, message }) => `${relative(HERE, file)}:${line} ${message}\n`).join("");
  if (process.env["UPDATE"] === "true") await writeFile(PROBLEMS, text);
  assert.equal(text, await readFile(PROBLEMS, "utf8"));
});

test("one class of it gives one file, with CompletableFutures beside if asked for", async () => {
  const { files } = await generated(LATER);
  assert.deepEqual(
    files.map(({ path }) => relative(LATER.out, path)),
    ["com/acme/later/Rooms.java"],
  );
});

/** Generates, and compares with the committed files; UPDATE=true writes them. */
async function generated(options: RpcOptions) {
  const result = await generateRpc(options);
  if (process.env["UPDATE"] === "true") await write(result);
  for (const { path, text } of result.files) assert.equal(text, await readFile(path, "utf8"));
  assert.deepEqual(await differences(result), []);
  return result;
}
