import { dirname, relative, sep } from "node:path";
import type { Fleet, Project } from "../fleet.ts";
import { recordOf } from "../loose.ts";

/** Whether the configuration is that of a Pages project, which has names and defaults of its own. */
export function isPages({ raw }: Project): boolean {
  return "pages_build_output_dir" in recordOf(raw);
}

const TESTS = /^(__)?(e2e|tests?|fixtures?|spec|playground)(-|__|$)|-(e2e|tests?)$/;
const roots = new WeakMap<Fleet, string>();

/**
 * Whether a configuration stands in a folder of tests below the fleet's own folder: it is run locally, by its path, and not
 * deployed beside the others.
 */
export function isForTests(fleet: Fleet, { file }: Project): boolean {
  const root = roots.get(fleet) ?? commonFolder(fleet.projects.map((project) => dirname(project.file)));
  roots.set(fleet, root);
  return relative(root, dirname(file))
    .split(sep)
    .some((part) => TESTS.test(part));
}

function commonFolder(folders: readonly string[]): string {
  const [first = [], ...others] = folders.map((folder) => folder.split(sep));
  const end = first.findIndex((part, index) => others.some((other) => other[index] !== part));
  return first.slice(0, end < 0 ? first.length : end).join(sep);
}
