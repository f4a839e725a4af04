import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import Ajv from "ajv";
import type { Log } from "sarif";
import { checkFolders, type CheckOptions } from "../../src/check/command.ts";
import { check, RULES } from "../../src/check/index.ts";
import { findingsAsSarif } from "../../src/check/sarif.ts";
import { counts, findingsAsText } from "../../src/check/text.ts";
import { readFleet } from "../../src/fleet.ts";

const FIXTURES = new URL("../fixtures", import.meta.url).pathname;
const require = createRequire(import.meta.url);
const root = mkdtempSync(join(tmpdir(), "fleet-output-"));
after(() => rmSync(root, { recursive: true }));

const findings = check(await readFleet([FIXTURES]));

function folderOf(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(root, name);
  mkdirSync(folder);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return folder;
}

function checked(folder: string, options: Partial<CheckOptions> = {}): ReturnType<typeof checkFolders> {
  return checkFolders([folder], { format: "text", failOn: "error", disable: [], ...options }, false);
}

test("SARIF of all fixtures is valid SARIF 2.1.0", () => {
  const log = JSON.parse(findingsAsSarif(findings, RULES, FIXTURES)) as Log;
  const ajv = new Ajv({ schemaId: "auto", allErrors: true, unknownFormats: "ignore" });
  ajv.addMetaSchema(require("ajv/lib/refs/json-schema-draft-04.json"));
  const valid = ajv.validate(require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), log);
  assert.ok(valid, ajv.errorsText());

  const [run] = log.runs;
  assert.equal(run!.results!.length, findings.length);
  assert.deepEqual(
    run!.tool.driver.rules!.map(({ id }) => id),
    RULES.map(({ id }) => id),
  );
  for (const result of run!.results!) {
    assert.equal(run!.tool.driver.rules![result.ruleIndex!]!.id, result.ruleId);
    const { artifactLocation } = result.locations![0]!.physicalLocation!;
    readFileSync(join(FIXTURES, decodeURIComponent(artifactLocation!.uri!)));
  }
  const prints = run!.results!.map(({ partialFingerprints }) => partialFingerprints!["fleetCheck/v1"]);
  assert.equal(new Set(prints).size, prints.length);
});

test("a fingerprint stays the same when lines are added above", async () => {
  const text = '{\n  "name": "catalog",\n  "service": 5\n}\n';
  const folder = folderOf("print", { "wrangler.jsonc": text });
  const print = async (): Promise<string> => {
    const log = JSON.parse((await checked(folder, { format: "sarif" })).output) as Log;
    return JSON.stringify(log.runs[0]!.results!.map(({ partialFingerprints }) => partialFingerprints));
  };
  const before = await print();
  writeFileSync(join(folder, "wrangler.jsonc"), `// a comment\n\n${text}`);
  assert.equal(await print(), before);
});

test("text is by file, and says why once for each rule", () => {
  const some = findings.filter(({ rule }) => rule.id === "empty-entrypoint");
  assert.equal(
    findingsAsText(some, FIXTURES).replace(/ {2}empty-entrypoint: .*\n {4}measured: .*\n/, "(why)\n"),
    `empty-entrypoint/catalog/wrangler.jsonc
  8:49    note    ORDERS has an empty entrypoint, which binds the default export  empty-entrypoint
                  fix: Remove "entrypoint", or set it to the name of an export.

empty-entrypoint/media/wrangler.toml
  11:1    note    ORDERS has an empty entrypoint, which binds the default export  empty-entrypoint
                  fix: Remove "entrypoint", or set it to the name of an export.
  14:35   note    ORDERS has an empty entrypoint, which binds the default export  empty-entrypoint
                  fix: Remove "entrypoint", or set it to the name of an export.

Why
(why)

0 errors, 0 warnings, 3 notes
`,
  );
  assert.equal(findingsAsText([]), "0 errors, 0 warnings, 0 notes\n");
  assert.match(findingsAsText(some, FIXTURES, true), /\u001b\[36mnote/);
});

test("counts are singular where there is one", () => {
  assert.equal(counts([{ severity: "error" }, { severity: "note" }]), "1 error, 0 warnings, 1 note");
});

test("JSON has the place, the fix and the evidence of each finding", () => {
  const folder = join(FIXTURES, "empty-entrypoint");
  return checked(folder, { format: "json" }).then(({ output }) => {
    const [first] = JSON.parse(output) as Record<string, unknown>[];
    assert.equal(first!["rule"], "empty-entrypoint");
    assert.equal(first!["line"], 8);
    assert.equal(first!["fixable"], true);
    assert.deepEqual(Object.keys(first!["evidence"] as object), ["basis", "text"]);
  });
});

test("--fail-on and --disable decide the exit code", async () => {
  const notes = join(FIXTURES, "empty-entrypoint");
  assert.equal((await checked(notes)).exitCode, 0);
  assert.equal((await checked(notes, { failOn: "note" })).exitCode, 1);
  assert.equal((await checked(notes, { failOn: "note", disable: ["empty-entrypoint"] })).exitCode, 0);
  assert.equal((await checked(join(FIXTURES, "unexported-target"))).exitCode, 1);
  await assert.rejects(checked(notes, { disable: ["nothing"] }), /--disable nothing: write one of wrangler-error, /);
  await assert.rejects(checked(notes, { failOn: "all" }), /--fail-on all: write one of error, warning, note/);
});

test("fleet-ignore in a comment of the line or the line before leaves a rule out", async () => {
  const ignoring = folderOf("ignore", {
    "wrangler.jsonc": `// fleet-ignore missing-date, no-observability
{
  "name": "catalog", "main": "index.ts", // fleet-ignore no-observability
  "services": [
    // fleet-ignore unknown-worker
    { "binding": "ORDERS", "service": "orders" },
    { "binding": "MEDIA", "service": "media" }, /* fleet-ignore unknown-worker */
    { "binding": "LOGS", "service": "logs" } // fleet-ignore empty-entrypoint
  ]
}
`,
    "index.ts": `export default {
  fetch(request, env) {
    // fleet-ignore fetch-without-signal
    return env.ORDERS.fetch("https://orders/");
  },
};
`,
  });
  const lines = check(await readFleet([ignoring])).map(({ position, rule }) => `${position.line} ${rule.id}`);
  assert.deepEqual(lines, ["8 unknown-worker"]);

  const toml = folderOf("ignore-toml", {
    "wrangler.toml":
      'name = "catalog"\n[[services]]\nbinding = "ORDERS"\n# fleet-ignore unknown-worker\nservice = "orders"\n',
  });
  assert.deepEqual(check(await readFleet([toml])), []);
});

test("--fix changes the files and reports what is left", async () => {
  const folder = join(root, "fix");
  cpSync(join(FIXTURES, "unknown-key"), folder, { recursive: true });
  const result = await checked(folder, { fix: true });
  assert.equal(result.log, "2 changes made in 1 file\n");
  assert.match(result.output, /entryPoint is not a key/);
  assert.doesNotMatch(readFileSync(join(folder, "catalog/wrangler.jsonc"), "utf8"), /environment/);
});

test("the command exits with 1 for errors and 2 for bad usage", async () => {
  const status = (...args: string[]): Promise<number> => {
    const cli = new URL("../../src/cli.ts", import.meta.url).pathname;
    return new Promise((resolve) => {
      execFile(process.execPath, [cli, "check", ...args], (failure) => resolve(Number(failure?.code ?? 0)));
    });
  };
  const codes = await Promise.all([status(join(FIXTURES, "unexported-target")), status(FIXTURES, "--nothing")]);
  assert.deepEqual(codes, [1, 2]);
});
