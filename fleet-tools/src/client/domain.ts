import { relative } from "node:path";
import { positionOf, type Deployment } from "../fleet.ts";
import type { ConfigPath } from "../source-position.ts";

/** The address of a Worker's host, and the place of the route that says so. */
export interface Domain {
  readonly url: string;
  readonly source: string;
}

/** The first route that leads every path of a host to the Worker, and that is of this environment. */
export function domainOf(deployment: Deployment, folder: string): Domain | undefined {
  const { config, environment, project } = deployment;
  const section = environment === undefined ? project.raw : project.raw.env?.[environment];
  // Wrangler hands routes of the top level down, and two Workers can't have one host.
  if (section?.routes === undefined && section?.route === undefined) return undefined;
  const routes = config.routes ?? [config.route!];
  for (const [index, route] of routes.entries()) {
    const pattern = typeof route === "string" ? route : route.pattern;
    const custom = typeof route !== "string" && "custom_domain" in route && route.custom_domain === true;
    const host = custom ? pattern : /^(?:https:\/\/)?([^/*]+)\/\*$/.exec(pattern)?.[1];
    if (host !== undefined) {
      const path = config.routes === undefined ? ["route"] : ["routes", index];
      return { url: `https://${host}`, source: placeOf(deployment, path, folder) };
    }
  }
  return undefined;
}

/** The file and line of a path of a configuration. */
export function placeOf(deployment: Deployment, path: ConfigPath, folder: string): string {
  return `${relative(folder, deployment.project.file)}:${positionOf(deployment, path).line}`;
}
