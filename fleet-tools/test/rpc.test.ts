import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { test } from "node:test";
import { differences, generateRpc, write, type Problem, type RpcOptions } from "../src/rpc/index.ts";
import { javac } from "./rpc/javac.ts";
import { folder } from "./rpc/temporary-worker.ts";

const HERE = join(import.meta.dirname, "rpc");

/** As worker-client-mockserver compiles it, and calls a real Worker by it. */
const ALL = { entry: join(HERE, "worker/src/index.ts"), package: "com.acme.orders", out: join(HERE, "expected") };
const SESSION = {
  ...ALL,
  entry: join(HERE, "session-worker/src/index.ts"),
  package: "com.acme.files",
  session: true,
};
const LATER = { ...ALL, package: "com.acme.later", classes: ["Rooms"], async: true };

test("a Worker gives the Java files that are committed, and a problem for each method that Java can't call", async () => {
  await requireProblems((await generated(ALL)).problems, "problems.txt");
});

test("a Worker for sessions gives the Java files that are committed, which compile without a warning", async (context) => {
  const { files, problems } = await generated(SESSION);
  await requireProblems(problems, "session-problems.txt");
  const sources = Object.fromEntries(files.map(({ path, text }) => [relative(SESSION.out, path), text]));
  assert.equal(await javac(await folder(context), sources), "");
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

async function requireProblems(problems: readonly Problem[], name: string): Promise<void> {
  const text = problems.map(({ file, line, message }) => `${relative(HERE, file)}:${line} ${message}\n`).join("");
  if (process.env["UPDATE"] === "true") await writeFile(join(HERE, name), text);
  assert.equal(text, await readFile(join(HERE, name), "utf8"));
}
