import { dirname, relative, sep } from "node:path";
import type { Project } from "../fleet.ts";
import { recordOf } from "../loose.ts";

/** Whether the configuration is that of a Pages project, which has names and defaults of its own. */
export function isPages({ raw }: Project): boolean {
  return "pages_build_output_dir" in recordOf(raw);
}

/** Whether a configuration stands in a folder of tests, seen from the folder of another one, which may be beside it. */
export function isForTests(file: string, other: string): boolean {
  return relative(dirname(other), file)
    .split(sep)
    .some((part) => /^(__)?(e2e|tests?|fixtures?|spec|playground)(-|__|$)/.test(part));
}
