// Runs the installed wrangler on each fixture and writes what it says beside it, for the evidence of the rules.
// npm run wrangler-says [RULE…]; not a test: it takes some minutes.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { findConfigs } from "../src/config-files.ts";
import { readFleet } from "../src/fleet.ts";

const FIXTURES = new URL("fixtures", import.meta.url).pathname;
const WRANGLER = new URL("../node_modules/wrangler", import.meta.url).pathname;
const VERSION = (JSON.parse(readFileSync(join(WRANGLER, "package.json"), "utf8")) as { version: string }).version;
/** Whose behaviour shows only when the Workers run. */
const RUN = new Set([
  "unexported-target",
  "wrong-kind-of-export",
  "entrypoint-default",
  "refused-flag",
  "default-flag",
  "future-date",
]);

for (const rule of process.argv.length > 2 ? process.argv.slice(2) : readdirSync(FIXTURES).sort()) {
  const copy = mkdtempSync(join(tmpdir(), "wrangler-says-"));
  cpSync(join(FIXTURES, rule), copy, { recursive: true });
  const said: string[] = [];
  for (const { folder, environments } of await commandsOf(copy)) {
    for (const environment of environments) {
      const args = ["deploy", "--dry-run", ...(environment === undefined ? [] : ["-e", environment])];
      said.push(await say(copy, folder, args));
    }
  }
  if (RUN.has(rule)) {
    const configs = (await findConfigs([copy])).map(({ file }) => relative(copy, file));
    const first = configs.filter((file) => file.startsWith("catalog"));
    const ordered = [...first, ...configs.filter((file) => !first.includes(file))];
    said.push(
      await say(copy, copy, ["dev", ...ordered.flatMap((file) => ["-c", file]), "--ip", "127.0.0.1", "--port", "0"]),
    );
  }
  if (said.length > 0) writeFileSync(join(FIXTURES, rule, `wrangler-${VERSION}.txt`), said.join("\n"));
  rmSync(copy, { recursive: true });
  console.log(rule);
}

/** The configurations that the rule reports. */
async function commandsOf(copy: string): Promise<{ folder: string; environments: (string | undefined)[] }[]> {
  const reported = readFileSync(join(copy, "expected.txt"), "utf8");
  const { projects } = await readFleet([copy]);
  return projects
    .filter(({ folder: { file } }) => reported.includes(`${relative(copy, file)}:`))
    .map(({ folder, raw, file }) => {
      const written = file === folder.file ? raw : (JSON.parse(readFileSync(folder.file, "utf8")) as typeof raw);
      return { folder: dirname(folder.file), environments: [undefined, ...Object.keys(written.env ?? {})] };
    });
}

async function say(root: string, folder: string, args: string[]): Promise<string> {
  const env = {
    ...process.env,
    CI: "1",
    NO_COLOR: "1",
    FORCE_COLOR: "0",
    HOME: root,
    WRANGLER_SEND_METRICS: "false",
    WRANGLER_LOG_PATH: root,
  };
  const child = spawn(process.execPath, [join(WRANGLER, "bin/wrangler.js"), ...args], {
    cwd: folder,
    env,
    detached: true,
  });
  let output = "";
  let ready = false;
  const read = (chunk: Buffer): void => {
    output += chunk.toString();
    // It runs; what it says of a Worker comes within moments.
    if (!ready && /Ready on/.test(output)) {
      ready = true;
      setTimeout(() => process.kill(-child.pid!, "SIGTERM"), 3000);
    }
  };
  child.stdout.on("data", read);
  child.stderr.on("data", read);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  const where = relative(root, folder) || ".";
  return `$ cd ${where} && wrangler ${args.join(" ")}\n${plain(output, root)}\n[${ready ? "it runs" : `exit ${code}`}]\n`;
}

/** Without colours, banner, sizes, times and paths of this machine. */
function plain(output: string, root: string): string {
  // An esbuild that is stopped in the middle of its work prints the stacks of its threads.
  return output
    .replace(/^fatal error: all goroutines are asleep[^]*$/m, "")
    .replaceAll(/\u001b\[[0-9;]*m/g, "")
    .replaceAll(`/private${root}`, root)
    .replaceAll(root, "…")
    .replaceAll(dirname(WRANGLER), "node_modules")
    .replaceAll(basename(root), "…")
    .split("\n")
    .map((line) =>
      line
        .trimEnd()
        .replace(/127\.0\.0\.1:\d+|localhost:\d+/, "127.0.0.1:8787")
        .replace(/\d+(\.\d+)? ?ms/, "N ms"),
    )
    .filter(
      (line) =>
        !/Request\.cf|workers\.cloudflare\.com|^    at |Runtime stderr:|^\s*\{"timestamp"|⛅️|^─+$|^Total Upload|update available|Logs were written|^--dry-run: exiting|🪵/.test(
          line,
        ),
    )
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
}
