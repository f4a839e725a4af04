import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Writes files, by path, with their folders.
 *
 * @throws Error if one is there already and differs, unless `force`; nothing is written then
 */
export async function writeFiles(files: Readonly<Record<string, string>>, force: boolean): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    if (!force && existsSync(path) && (await readFile(path, "utf8")) !== text) {
      throw new Error(`${path} is there and differs: compare it, or write --force to replace it`);
    }
  }
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
}
