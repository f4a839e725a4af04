import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import {
  configFormat,
  findWranglerConfig,
  normalizeAndValidateConfig,
  readRawConfig,
  type Config,
  type Diagnostics,
  type RawConfig,
} from "./wrangler.ts";
import { bindingsOf, type Binding } from "./bindings.ts";
import { findConfigs, type ConfigFolder } from "./config-files.ts";
import { exportsOf, type ModuleExports } from "./exports.ts";
import { positionsIn, type ConfigPath, type Position, type Positions } from "./source-position.ts";

/** What one environment of a configuration deploys: one Worker. */
export interface Deployment {
  /** The name that it is deployed under, as `orders-staging`; empty if the configuration has none. */
  readonly worker: string;
  /** The environment; absent for the top level. */
  readonly environment?: string;
  /** All of the configuration, as wrangler reads it for that environment. */
  readonly config: Config;
  readonly bindings: readonly Binding[];
  /** What the main module exports; absent if there is none, or if it isn't built yet. */
  readonly exports?: ModuleExports;
  readonly project: Project;
}

/** A wrangler configuration file. */
export interface Project {
  readonly folder: ConfigFolder;
  /** The file that was read: that of the folder, or what it is redirected to. */
  readonly file: string;
  readonly text: string;
  /** What stands in the file, before environments and defaults; `{}` if it can't be parsed. */
  readonly raw: RawConfig;
  readonly deployments: readonly Deployment[];
  /** What wrangler says of it, each once. */
  readonly messages: readonly WranglerMessage[];
  readonly positions: Positions;
}

/** An error or a warning of wrangler's own reader. */
export interface WranglerMessage {
  readonly severity: "error" | "warning";
  readonly text: string;
  readonly environment?: string;
  /** The heading that wrangler puts over the message, such as `"durable_objects.bindings[1]": {…}`. */
  readonly about?: string;
  /** Where a parser stopped; absent for what is said of a field. */
  readonly position?: Position;
}

/** The Workers of some folders. */
export interface Fleet {
  readonly projects: readonly Project[];
  readonly deployments: readonly Deployment[];
  /** The Worker of that name, in whichever environment it is deployed under it: of several, that whose file is nearest. */
  named(worker: string, from?: Project): Deployment | undefined;
}

/** Reads all wrangler configurations below the folders, with each environment as wrangler reads it. */
export async function readFleet(paths: readonly string[]): Promise<Fleet> {
  const found = await Promise.all((await findConfigs(paths)).map(readProject));
  // A built configuration is read where it is redirected to, not once more where it stands.
  const built = new Set(found.filter(({ file, folder }) => file !== folder.file).map(({ file }) => file));
  const projects = found.filter(({ file, folder }) => file !== folder.file || !built.has(file));
  const deployments = projects.flatMap((project) => project.deployments);
  const byName = Map.groupBy(deployments, ({ worker }) => worker);
  const named = (worker: string, from?: Project): Deployment | undefined => {
    const [first, ...others] = byName.get(worker) ?? [];
    return others.reduce((best, each) => (nearness(each, from) > nearness(best!, from) ? each : best), first);
  };
  return { projects, deployments, named };
}

/** How many folders the path of a Worker's file has in common with that of another one. */
function nearness({ project }: Deployment, from: Project | undefined): number {
  const folders = project.file.split("/");
  const others = from?.file.split("/") ?? [];
  const differs = folders.findIndex((folder, index) => folder !== others[index]);
  return differs < 0 ? folders.length : differs;
}

/** The names of all environments of the fleet, sorted; the top level has none. */
export function environmentsOf(fleet: Fleet): string[] {
  return [...new Set(fleet.deployments.flatMap(({ environment }) => environment ?? []))].sort();
}

/**
 * What the fleet is made of in an environment: each project's Worker of that environment, or that of the top level if
 * the project doesn't have it. Without a name, the top level of each.
 */
export function inEnvironment(fleet: Fleet, environment: string | undefined): Deployment[] {
  return fleet.projects.flatMap(({ deployments }) => {
    const top = deployments.find((deployment) => deployment.environment === undefined);
    return deployments.find((deployment) => deployment.environment === environment) ?? top ?? [];
  });
}

/** What the fleet is made of in an environment that a user named. @throws Error if no configuration has it */
export function inKnownEnvironment(fleet: Fleet, environment: string | undefined): Deployment[] {
  const known = environmentsOf(fleet);
  if (environment !== undefined && !known.includes(environment)) {
    throw new Error(
      `no configuration has the environment ${environment}. Write one of: ${known.join(", ") || "(there are none)"}`,
    );
  }
  return inEnvironment(fleet, environment);
}

/** The place of a path in an environment's configuration: in the environment's section, or where that inherits from. */
export function positionOf(deployment: Deployment, path: ConfigPath): Position {
  return deployment.project.positions.at(pathInFile(deployment, path));
}

/** The path in the file of what an environment's configuration has at a path. */
export function pathInFile({ environment, project }: Deployment, path: ConfigPath): ConfigPath {
  const section = environment === undefined ? undefined : project.raw.env?.[environment];
  const own = section !== undefined && String(path[0]) in section;
  return own ? ["env", environment!, ...path] : path;
}

async function readProject(folder: ConfigFolder): Promise<Project> {
  const messages: WranglerMessage[] = [];
  let file = folder.file;
  let userFile = folder.file;
  let text = "";
  let raw: RawConfig = {};
  try {
    if (folder.redirected) {
      const paths = findWranglerConfig(redirectingFolder(folder.file), { useRedirectIfAvailable: true });
      file = paths.configPath ?? file;
      userFile = paths.userConfigPath ?? file;
    }
    text = await readFile(file, "utf8");
    raw = readRawConfig({ config: file }).rawConfig;
  } catch (failure) {
    messages.push(unreadable(failure as Error));
  }
  const deployments: Deployment[] = [];
  const positions = positionsIn(text, configFormat(file) === "toml" ? "toml" : "jsonc");
  const project = { folder, file, text, raw, deployments, messages, positions };
  if (messages.length > 0) return project;

  // Wrangler lets -e choose nothing in a redirected configuration.
  const environments = file === folder.file ? Object.keys(raw.env ?? {}) : [];
  for (const environment of [undefined, ...environments]) {
    const read = readEnvironment(raw, file, userFile, environment);
    for (const message of read.messages) {
      if (!messages.some(({ text, about }) => text === message.text && about === message.about)) messages.push(message);
    }
    if (read.config === undefined) continue;
    const { config } = read;
    const exports = typeof config.main !== "string" ? undefined : await exportsOf(config.main, config.alias);
    deployments.push({
      worker: typeof config.name === "string" ? config.name : "",
      ...(environment === undefined ? {} : { environment }),
      config,
      bindings: bindingsOf(config),
      ...(exports === undefined ? {} : { exports }),
      project,
    });
  }
  return project;
}

/** What is said of a file that can't be read; wrangler's parsers count columns from 0. */
function unreadable(failure: Error & { location?: { line: number; column: number } }): WranglerMessage {
  const place = failure.location;
  const position = place && { position: { line: place.line, column: place.column + 1 } };
  return { severity: "error", text: failure.message, ...position };
}

function readEnvironment(
  raw: RawConfig,
  file: string,
  userFile: string,
  environment: string | undefined,
): { config?: Config; messages: WranglerMessage[] } {
  // A copy, since wrangler's reader changes what it is given; "" is the top level, whatever CLOUDFLARE_ENV says.
  const args = { env: environment ?? "" };
  try {
    const { config, diagnostics } = normalizeAndValidateConfig(structuredClone(raw), file, userFile, args);
    return { config, messages: messagesOf(diagnostics, environment) };
  } catch (failure) {
    // Wrangler ends with an internal error on some values, such as a binding named toString.
    return { messages: [unreadable(failure as Error)] };
  }
}

/** The folder that holds `.wrangler/deploy/config.json`, which stands for the configuration if there is no other. */
function redirectingFolder(file: string): string {
  return file.endsWith("/.wrangler/deploy/config.json") ? dirname(dirname(dirname(file))) : dirname(file);
}

function messagesOf(diagnostics: Diagnostics, environment: string | undefined): WranglerMessage[] {
  const where = { ...(environment === undefined ? {} : { environment }), about: diagnostics.description };
  return [
    ...diagnostics.errors.map((text): WranglerMessage => ({ severity: "error", text, ...where })),
    ...diagnostics.warnings.map((text): WranglerMessage => ({ severity: "warning", text, ...where })),
    ...diagnostics.children.flatMap((child) => messagesOf(child, environment)),
  ];
}
