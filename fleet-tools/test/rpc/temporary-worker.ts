import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { generateRpc, type RpcOptions } from "../../src/rpc/index.ts";

/** A folder of a test. */
export async function folder(context: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "fleet-rpc-"));
  context.after(() => rm(path, { recursive: true }));
  return path;
}

/** Without the browser's types, which take a second to read. */
export const TSCONFIG = JSON.stringify({
  compilerOptions: {
    target: "es2024",
    lib: ["es2024", "esnext.disposable"],
    module: "esnext",
    moduleResolution: "bundler",
    strict: true,
  },
});

/** Writes a Worker whose types are not installed; returns what makes Java of it. */
export async function worker(context: TestContext, files: Record<string, string>) {
  const path = await folder(context);
  for (const [name, text] of Object.entries({
    "package.json": '{ "name": "shop" }',
    "tsconfig.json": TSCONFIG,
    ...files,
  })) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), text);
  }
  const entry = join(path, Object.keys(files)[0]!);
  return async (options: Partial<RpcOptions> = {}) => {
    const { files, problems } = await generateRpc({ entry, package: "com.acme", out: "out", ...options });
    return {
      java: Object.fromEntries(files.map(({ path, text }) => [path.replace(/^.*[/\\]/, ""), text])),
      problems: problems.map(({ line, message }) => `${line} ${message}`),
    };
  };
}
