import type { Project } from "../fleet.ts";
import { recordOf } from "../loose.ts";

/** Whether the configuration is that of a Pages project, which has names and defaults of its own. */
export function isPages({ raw }: Project): boolean {
  return "pages_build_output_dir" in recordOf(raw);
}
