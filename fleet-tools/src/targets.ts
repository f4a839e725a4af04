import type { Binding } from "./bindings.ts";
import type { Deployment, Fleet } from "./fleet.ts";
import type { ModuleExport } from "./exports.ts";

/**
 * What a binding leads to: `found`; `not-exported`, a Worker of the fleet that lacks the entrypoint or the class; `outside`,
 * a Worker that is not among the folders; `unread`, a Worker whose exports can't be told (not built, or of a package);
 * `none`, a binding that leads to no Worker.
 */
export type TargetStatus = "found" | "not-exported" | "outside" | "unread" | "none";

/** Where a binding leads. */
export interface Target {
  readonly status: TargetStatus;
  /** The Worker of the fleet. */
  readonly deployment?: Deployment;
  /** What it exports under the name that the binding gives. */
  readonly export?: ModuleExport;
}

/** Looks up the Worker that a binding names, and what it exports. */
export function targetOf(fleet: Fleet, owner: Deployment, binding: Binding): Target {
  if (binding.worker === undefined) return { status: "none" };
  const deployment = binding.elsewhere ? fleet.named(binding.worker, owner.project) : owner;
  if (deployment === undefined) return { status: "outside" };
  if (binding.kind === "tail") return { status: "found", deployment };
  const { exports } = deployment;
  if (exports === undefined) return { status: "unread", deployment };
  // An empty entrypoint is the default one, as wrangler takes it.
  const name = binding.className ?? (binding.entrypoint || "default");
  const found = exports.exports.find((each) => each.name === name);
  if (found !== undefined) return { status: "found", deployment, export: found };
  if (exports.serviceWorker && name === "default") return { status: "found", deployment };
  return { status: exports.open ? "unread" : "not-exported", deployment };
}
