import { relative } from "node:path";
import type { Config } from "../wrangler.ts";
import type { Binding } from "../bindings.ts";
import type { ModuleExport } from "../exports.ts";
import type { Deployment, Fleet } from "../fleet.ts";
import { targetOf, type TargetStatus } from "../targets.ts";

/** A Worker of the map, as it is written as JSON. */
export interface MappedWorker {
  readonly name: string;
  readonly environment?: string;
  /** The configuration, relative to the folder that the command runs in. */
  readonly config: string;
  readonly main?: string;
  readonly compatibilityDate?: string;
  /** Absent if they can't be told: the main module isn't built, or isn't JavaScript. */
  readonly exports?: readonly ModuleExport[];
  readonly routes: readonly string[];
  readonly bindings: readonly MappedBinding[];
}

/** A binding of the map, with what it leads to. */
export type MappedBinding = Omit<Binding, "path" | "elsewhere"> & { readonly target: TargetStatus };

/** Describes the deployments for the map, in their order. */
export function mapOf(fleet: Fleet, deployments: readonly Deployment[], folder = process.cwd()): MappedWorker[] {
  return deployments.map((deployment) => {
    const { config, environment, exports, project } = deployment;
    return {
      name: deployment.worker,
      ...(environment === undefined ? {} : { environment }),
      config: relative(folder, project.file),
      ...(config.main === undefined ? {} : { main: relative(folder, config.main) }),
      ...(config.compatibility_date === undefined ? {} : { compatibilityDate: config.compatibility_date }),
      ...(exports === undefined ? {} : { exports: exports.exports }),
      routes: routesOf(config),
      bindings: deployment.bindings.map(({ path: _, elsewhere: __, ...binding }, index) => ({
        ...binding,
        target: targetOf(fleet, deployment, deployment.bindings[index]!).status,
      })),
    };
  });
}

/** The patterns of a configuration's routes; a custom domain is a host alone. */
export function routesOf(config: Config): string[] {
  const routes = config.routes ?? (config.route === undefined ? [] : [config.route]);
  return routes.map((route) => (typeof route === "string" ? route : route.pattern));
}

/** What a binding leads to, in words: `catalog # CatalogApi`, `chat / Room`, `queue jobs`. */
export function describe(binding: Omit<Binding, "path" | "elsewhere">): string {
  const { kind, worker, entrypoint, className, resource } = binding;
  if (kind === "service" || kind === "tail")
    return entrypoint === undefined ? `${worker}` : `${worker} # ${entrypoint}`;
  if (className !== undefined) return worker === undefined ? className : `${worker} / ${className}`;
  return kind === "queue" ? `queue ${resource}` : `${resource}`;
}
