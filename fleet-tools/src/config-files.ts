import { readdir } from "node:fs/promises";
import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** The names that wrangler looks for, in the order in which it prefers them. */
export const CONFIG_NAMES = ["wrangler.json", "wrangler.jsonc", "wrangler.toml"];

/** Folders of packages, of build output and of tools: nothing in them is a source of the fleet. */
export const SKIPPED_FOLDERS: ReadonlySet<string> = new Set([
  "node_modules",
  ".git",
  ".wrangler",
  "dist",
  "build",
  ".next",
  ".svelte-kit",
  ".open-next",
  ".output",
]);

/** A folder's configuration files: the one that wrangler takes of them, and those that it ignores. */
export interface ConfigFolder {
  readonly file: string;
  readonly ignored: readonly string[];
  /** A configuration further up that wrangler takes instead if it is started in this folder without `--config`. */
  readonly shadowedBy?: string;
  /** Whether a build left `.wrangler/deploy/config.json`, which makes wrangler deploy another file in place of this one. */
  readonly redirected: boolean;
}

/**
 * Finds the wrangler configurations below the folders, in the order of their paths. An argument may also be a
 * configuration file of any name. Folders of packages and of build output are skipped.
 */
export async function findConfigs(paths: readonly string[]): Promise<ConfigFolder[]> {
  const found = new Map<string, ConfigFolder>();
  for (const path of paths.map((each) => resolve(each))) {
    if (!existsSync(path)) throw new Error(`${path} does not exist: give folders that hold wrangler configurations`);
    if (statSync(path).isFile()) {
      found.set(path, { file: path, ignored: [], redirected: false });
      continue;
    }
    for (const folder of await foldersBelow(path)) found.set(folder.file, folder);
  }
  return [...found.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
}

async function foldersBelow(root: string): Promise<ConfigFolder[]> {
  const entries = await readdir(root, { withFileTypes: true });
  const names = CONFIG_NAMES.filter((name) => entries.some((entry) => entry.isFile() && entry.name === name));
  const below = entries.filter((entry) => entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name));
  const folders = (await Promise.all(below.map((entry) => foldersBelow(join(root, entry.name))))).flat();
  return names.length === 0 && !redirects(root) ? folders : [configFolder(root, names), ...folders];
}

function redirects(folder: string): boolean {
  return existsSync(join(folder, ".wrangler/deploy/config.json"));
}

function configFolder(folder: string, names: readonly string[]): ConfigFolder {
  const [file = join(folder, ".wrangler/deploy/config.json"), ...ignored] = names.map((name) => join(folder, name));
  const shadow = names.length === 0 ? undefined : shadowOf(file);
  return { file, ignored, redirected: redirects(folder), ...(shadow === undefined ? {} : { shadowedBy: shadow }) };
}

/** Wrangler looks for a name in all folders upwards before it looks for the next name. */
function shadowOf(file: string): string | undefined {
  const rank = CONFIG_NAMES.indexOf(basename(file));
  for (const name of CONFIG_NAMES.slice(0, rank)) {
    for (let folder = dirname(dirname(file)); ; folder = dirname(folder)) {
      if (existsSync(join(folder, name))) return join(folder, name);
      if (folder === dirname(folder)) break;
    }
  }
  return undefined;
}
