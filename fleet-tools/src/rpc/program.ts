import { existsSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import ts from "typescript";
import { CLOUDFLARE_TYPES } from "./cloudflare-types.ts";

const MODULE = '"cloudflare:workers"';

export interface Source {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  readonly entry: ts.SourceFile;
}

/**
 * Reads a Worker's main module and all that it imports, with the settings of its tsconfig.json.
 *
 * @throws if there is no such file, or the tsconfig can't be read
 */
export function load(entry: string, tsconfig?: string): Source {
  const file = resolve(entry);
  if (!existsSync(file)) throw new Error(`${entry} is not there; give the Worker's main module, as src/index.ts`);
  const { options, declarations } = settings(file, tsconfig);
  const roots = [file, ...declarations];
  let program = ts.createProgram(roots, options);
  if (
    !program
      .getTypeChecker()
      .getAmbientModules()
      .some((module) => module.name === MODULE)
  ) {
    program = withCloudflareTypes(file, roots, options, program);
  }
  return { program, checker: program.getTypeChecker(), entry: program.getSourceFile(file)! };
}

function settings(file: string, given: string | undefined) {
  const config = given === undefined ? ts.findConfigFile(dirname(file), ts.sys.fileExists) : resolve(given);
  const read = config === undefined ? undefined : parse(config);
  const options: ts.CompilerOptions = {
    ...(read?.options ?? defaults(file)),
    allowJs: [".js", ".mjs"].includes(extname(file)) || read?.options.allowJs === true,
    noEmit: true,
    skipLibCheck: true,
    // Without it a type does not tell whether it may be null.
    strictNullChecks: true,
  };
  const declarations = (read?.fileNames ?? generated(file)).filter((name) => name.endsWith(".d.ts"));
  return { options, declarations };
}

function parse(config: string): ts.ParsedCommandLine {
  const fail = (diagnostic: ts.Diagnostic) => {
    throw new Error(`${config} can't be read: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, " ")}`);
  };
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail };
  const read = ts.getParsedCommandLineOfConfigFile(config, {}, host);
  if (read === undefined) throw new Error(`${config} can't be read`);
  return read;
}

function defaults(file: string): ts.CompilerOptions {
  const types = "@cloudflare/workers-types";
  const installed = ts.findConfigFile(dirname(file), ts.sys.fileExists, `node_modules/${types}/package.json`);
  return {
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    ...(installed === undefined ? {} : { types: [types], lib: ["lib.es2024.d.ts"] }),
  };
}

/** What `wrangler types` writes. */
function generated(file: string): string[] {
  const found = ts.findConfigFile(dirname(file), ts.sys.fileExists, "worker-configuration.d.ts");
  return found === undefined ? [] : [found];
}

function withCloudflareTypes(file: string, roots: string[], options: ts.CompilerOptions, old: ts.Program): ts.Program {
  const path = join(dirname(file), "cloudflare-workers.worker-client-fleet.d.ts");
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => name === path || fileExists(name);
  host.readFile = (name) => (name === path ? CLOUDFLARE_TYPES : readFile(name));
  host.getSourceFile = (name, ...rest) => {
    if (name === path) return ts.createSourceFile(name, CLOUDFLARE_TYPES, rest[0]);
    return old.getSourceFile(name) ?? getSourceFile(name, ...rest);
  };
  return ts.createProgram([...roots, path], options, host, old);
}
