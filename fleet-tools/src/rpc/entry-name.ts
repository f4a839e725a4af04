import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { pascal } from "./names.ts";

const CONFIGURATIONS = ["wrangler.json", "wrangler.jsonc", "wrangler.toml"];

/** The entry as every machine has it: the name of its package or Worker's folder, and the path in there. */
export function nameOfEntry(entry: string): string {
  const file = resolve(entry);
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const name = nameOfFolder(folder);
    if (name !== undefined) return `${name}/${relative(folder, file).split(sep).join("/")}`;
  }
  return `${basename(dirname(file))}/${basename(file)}`;
}

function nameOfFolder(folder: string): string | undefined {
  const manifest = join(folder, "package.json");
  if (existsSync(manifest)) {
    const { name } = JSON.parse(readFileSync(manifest, "utf8")) as { name?: unknown };
    if (typeof name === "string" && name !== "") return name;
  }
  return CONFIGURATIONS.some((each) => existsSync(join(folder, each))) ? basename(folder) : undefined;
}

/** The name of a class that is exported as default and has none: the file's, or the folder's. */
export function nameOfWorker(entry: string): string {
  const file = basename(entry).replace(/\.[^.]*$/, "");
  if (!["index", "main", "worker"].includes(file)) return pascal(file);
  const folder = dirname(resolve(entry));
  return pascal(basename(basename(folder) === "src" ? dirname(folder) : folder));
}
