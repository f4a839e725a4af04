import type { Deployment, Fleet } from "../fleet.ts";
import { recordOf } from "../loose.ts";
import type { UrlStart } from "./source.ts";

/** A Worker of the fleet, and the host by which a URL reaches it. */
export interface Served {
  readonly deployment: Deployment;
  readonly host: string;
  readonly by: "workers.dev" | "route" | "custom domain";
}

interface Route {
  readonly host: string;
  readonly path: string;
  readonly exact: boolean;
  readonly served: Served;
}

const known = new WeakMap<Fleet, readonly Route[]>();

/** The Worker of the fleet that serves a URL, if its start tells; variables are those of the Worker that uses it. */
export function servedAt(fleet: Fleet, { text, whole, variable }: UrlStart, vars: unknown): Served | undefined {
  const value = variable === undefined ? text : recordOf(vars)[variable];
  if (typeof value !== "string") return undefined;
  // The host must end within the text: what follows a variable part may be more of it.
  const match = /^https?:\/\/([^/?#:@\\]+)(.*)$/s.exec(value);
  const host = match?.[1]?.toLowerCase();
  const rest = match?.[2] ?? "";
  if (host === undefined || (rest === "" && whole !== true)) return undefined;
  const [name, , ...zone] = host.split(".");
  if (zone.join(".") === "workers.dev") {
    const deployment = fleet.named(name!);
    return deployment && { deployment, host, by: "workers.dev" };
  }
  const path = rest.replace(/^:\d+/, "").replace(/[?#].*$/s, "") || "/";
  const complete = whole === true && variable === undefined;
  return routesOf(fleet).find((route) => route.host === host && matches(route, path, complete))?.served;
}

function matches(route: Route, path: string, complete: boolean): boolean {
  return route.exact ? complete && path === route.path : path.startsWith(route.path);
}

function routesOf(fleet: Fleet): readonly Route[] {
  const routes = known.get(fleet) ?? fleet.deployments.flatMap((deployment) => [...routesOfWorker(deployment)]);
  known.set(fleet, routes);
  return routes;
}

const PLACEHOLDER = /^(www\.)?example\.(com|org|net)$/i;

function* routesOfWorker(deployment: Deployment): Iterable<Route> {
  const { route, routes } = deployment.config;
  for (const entry of [route, ...(Array.isArray(routes) ? routes : [])]) {
    const { pattern, custom_domain } = typeof entry === "string" ? { pattern: entry } : recordOf(entry);
    if (typeof pattern !== "string") continue;
    const [, host = "", path = ""] = /^(?:https?:\/\/)?([^/]+)(.*)$/.exec(pattern) ?? [];
    if (host === "" || host.includes("*") || PLACEHOLDER.test(host)) continue;
    const by = custom_domain === true ? "custom domain" : "route";
    const open = by === "custom domain" || path.includes("*");
    const prefix = by === "custom domain" ? "/" : path.replace(/\*.*$/, "") || "/";
    yield { host: host.toLowerCase(), path: prefix, exact: !open, served: { deployment, host, by } };
  }
}
