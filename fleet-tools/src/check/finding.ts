import { relative } from "node:path";
import type { Deployment, Fleet, Project } from "../fleet.ts";
import { positionOf } from "../fleet.ts";
import type { ConfigPath, Position } from "../source-position.ts";

/** `error`: the deployed fleet fails or does something else than is written. `warning`: it may. `note`: worth knowing. */
export type Severity = "error" | "warning" | "note";

/** Why a rule can be believed: run on workerd or wrangler, written in Cloudflare's documentation, or told by users. */
export interface Evidence {
  readonly basis: "measured" | "documented" | "reported";
  /** What was run or read, with the version or the address. */
  readonly text: string;
}

/** One thing that `fleet check` looks for. */
export interface Rule {
  /** As it is written after `fleet-ignore`, in SARIF and in docs/fleet.md. */
  readonly id: string;
  readonly severity: Severity;
  /** What is wrong, without a particular Worker: the rule's title. */
  readonly title: string;
  /** Why it happens and what comes of it. */
  readonly cause: string;
  readonly evidence: Evidence;
  /** Doesn't throw, whatever the configurations hold: they may be half written. */
  check(fleet: Fleet): Iterable<Finding>;
}

/** Something that `--fix` may take out of a configuration: the path in the file of what wrangler ignores or takes for granted. */
export interface Removal {
  readonly remove: ConfigPath;
}

/** One place where a rule found something. */
export interface Finding {
  readonly file: string;
  readonly position: Position;
  /** What is wrong here, with the names of this place. */
  readonly message: string;
  /** What to write or do instead. */
  readonly fix: string;
  /** The rule's own, unless this place is worse or milder. */
  readonly severity?: Severity;
  /** What `--fix` may take out of `file`: none of it changes what the Worker does. */
  readonly edits?: readonly Removal[];
}

/** A finding with the rule that found it. */
export interface Reported extends Finding {
  readonly rule: Rule;
  readonly severity: Severity;
}

/** A finding at a path of an environment's configuration. */
export function at(
  deployment: Deployment,
  path: ConfigPath,
  message: string,
  fix: string,
  more: Partial<Finding> = {},
): Finding {
  return { file: deployment.project.file, position: positionOf(deployment, path), message, fix, ...more };
}

/** A finding at a path of the file itself. */
export function inFile(
  project: Project,
  path: ConfigPath,
  message: string,
  fix: string,
  more: Partial<Finding> = {},
): Finding {
  return { file: project.file, position: project.positions.at(path), message, fix, ...more };
}

/** A file as people are shown it: relative to the folder, or absolute if it is outside. */
export function shown(file: string, folder = process.cwd()): string {
  const path = relative(folder, file);
  return path.startsWith("..") ? file : path;
}

/** A rule's cause and evidence, in Markdown. */
export function helpOf({ cause, evidence }: Rule): string {
  return `${cause}\n\n${evidence.basis}: ${evidence.text}`;
}
