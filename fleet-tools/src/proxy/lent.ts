import { readFileSync } from "node:fs";
import { relative } from "node:path";
import ts from "typescript";
import type { BindingKind } from "../bindings.ts";
import { callableOf, type Methods, type ModuleExport } from "../exports.ts";
import { inEnvironment, type Deployment, type Fleet } from "../fleet.ts";
import { isProxy } from "./entries.ts";

/** One binding that a generated proxy lends. */
export interface Lent {
  /** The name in `BINDINGS`, in the proxy's configuration and in the client. */
  readonly name: string;
  readonly kind: "service" | "durable-object" | "queue" | "ai";
  /** The Worker that serves it, as it is deployed; absent for a queue and for Workers AI. */
  readonly worker?: string;
  readonly deployment?: Deployment;
  readonly entrypoint?: string;
  readonly className?: string;
  readonly queue?: string;
  readonly healthPath?: string;
  readonly methods?: Methods | readonly string[];
  /** Where it was found, for the comment in the configuration. */
  readonly source: string;
}

/** Whether the fleet's own bindings gave the name: it goes before one that was made. */
type Named = Lent & { readonly given: boolean };

/**
 * Lists what a proxy can lend of the fleet in an environment: each Worker that has a fetch handler or methods, each named
 * entrypoint, each Durable Object class, the queues that the fleet sends to, and Workers AI if a Worker uses it. Names are those
 * that the fleet's own bindings use, if they all use the same; else they are made of the Worker's name.
 */
export function lentBy(fleet: Fleet, environment: string | undefined, folder = process.cwd()): Lent[] {
  const deployments = inEnvironment(fleet, environment).filter((each) => !isProxy(each));
  const lent = deployments.flatMap((deployment) => [
    ...services(fleet, deployment, folder),
    ...objects(fleet, deployment, folder),
  ]);
  const queues = new Map(
    deployments.flatMap((deployment) =>
      deployment.bindings
        .filter(({ kind, resource }) => kind === "queue" && resource !== undefined)
        .map((binding): [string, Named] => [
          binding.resource!,
          {
            name: binding.name,
            kind: "queue",
            queue: binding.resource!,
            methods: ["send"],
            given: true,
            source: relative(folder, deployment.project.file),
          },
        ]),
    ),
  );
  const ai = deployments.find(({ bindings }) => bindings.some(({ kind }) => kind === "ai"));
  if (ai !== undefined) {
    lent.push({ name: "AI", kind: "ai", methods: ["run"], given: true, source: relative(folder, ai.project.file) });
  }
  return distinctNames([...lent, ...queues.values()]);
}

function services(fleet: Fleet, deployment: Deployment, folder: string): Named[] {
  const exported = deployment.exports;
  const source = relative(folder, deployment.project.file);
  const healthPath = healthPathOf(exported?.sources ?? []);
  const common = { kind: "service", worker: deployment.worker, deployment, source } as const;
  const service = (found: ModuleExport | undefined): Named => {
    const entrypoint = found === undefined || found.name === "default" ? undefined : found.name;
    const methods = found && callableOf(found);
    const fetches = found === undefined || found.kind === "value" || found.members.includes("fetch");
    const given = nameInFleet(fleet, "service", deployment, entrypoint);
    return {
      ...common,
      name: given ?? madeName(deployment, entrypoint),
      given: given !== undefined,
      ...(entrypoint === undefined ? {} : { entrypoint }),
      ...(methods === undefined ? {} : { methods }),
      ...(fetches && healthPath !== undefined ? { healthPath } : {}),
    };
  };
  // A Worker that isn't built yet: its default export is what a binding without an entrypoint leads to.
  if (exported === undefined) return deployment.config.main === undefined ? [] : [service(undefined)];
  if (exported.serviceWorker) return [service(undefined)];
  return exported.exports.filter(serves).map(service);
}

function serves({ name, kind, members }: ModuleExport): boolean {
  if (name === "default") return kind !== "handlers" || members.includes("fetch");
  return kind === "entrypoint" || (kind === "handlers" && members.includes("fetch"));
}

function objects(fleet: Fleet, deployment: Deployment, folder: string): Named[] {
  const classes = deployment.exports?.exports ?? [];
  return deployment.bindings
    .filter(({ kind, elsewhere }) => kind === "durable-object" && !elsewhere)
    .map((binding): Named => {
      const found = classes.find(({ name }) => name === binding.className);
      const methods = found && callableOf(found);
      return {
        name: nameInFleet(fleet, "durable-object", deployment, binding.className) ?? binding.name,
        kind: "durable-object",
        worker: deployment.worker,
        deployment,
        className: binding.className!,
        given: true,
        ...(methods === undefined ? {} : { methods }),
        source: relative(folder, deployment.project.file),
      };
    });
}

/** The name that the fleet's own bindings give the target in all environments; undefined if there are several or none. */
function nameInFleet(
  fleet: Fleet,
  kind: BindingKind,
  target: Deployment,
  part: string | undefined,
): string | undefined {
  const names = new Set(
    fleet.deployments
      .filter((deployment) => !isProxy(deployment))
      .flatMap(({ bindings, project }) => bindings.map((binding) => ({ ...binding, project })))
      .filter((each) => each.kind === kind && (each.className ?? each.entrypoint) === part)
      .filter(({ worker, project }) => worker !== undefined && fleet.named(worker, project)?.project === target.project)
      .map(({ name }) => name),
  );
  return names.size === 1 ? [...names][0] : undefined;
}

/** `orders` → `ORDERS`, and CatalogApi of `catalog` → `CATALOG_API`, Admin of it → `CATALOG_ADMIN`. */
function madeName(deployment: Deployment, entrypoint: string | undefined): string {
  const worker = upperSnake(deployment.config.topLevelName ?? deployment.worker);
  if (entrypoint === undefined) return worker;
  const own = upperSnake(entrypoint);
  return own.startsWith(`${worker}_`) ? own : `${worker}_${own}`;
}

function upperSnake(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .toUpperCase();
  return words.replace(/^(?=[0-9])/, "_").replace(/_+$/, "");
}

/** Two targets that want the same name: `CATALOG` stays with the one that the fleet calls so, the other is CATALOG_DEFAULT. */
function distinctNames(lent: readonly Named[]): Lent[] {
  const taken = new Map<string, Named>();
  for (const each of [...lent.filter(({ given }) => given), ...lent.filter(({ given }) => !given)]) {
    const worker = each.deployment === undefined ? each.name : madeName(each.deployment, undefined);
    const part = each.entrypoint === undefined && each.className === undefined ? "DEFAULT" : each.name;
    let name = taken.has(each.name) ? `${worker}_${part}` : each.name;
    for (let count = 2; taken.has(name); count++) name = `${each.name}_${count}`;
    taken.set(name, each);
  }
  const names = new Map([...taken].map(([name, each]) => [each, name]));
  return lent.map(({ given: _, ...each }, index) => ({ ...each, name: names.get(lent[index]!)! }));
}

const HEALTH = /^(\/[\w.-]+)*\/_?(health|healthz|health-check|healthcheck|ping|status|ready|readyz|livez)$/;

/** The first path in the sources that reads like a health check, health before others. */
function healthPathOf(sources: readonly string[]): string | undefined {
  const found: string[] = [];
  for (const file of sources) {
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
    const visit = (node: ts.Node): void => {
      // What a Worker fetches is a path of another.
      if (ts.isCallExpression(node) && /\bfetch$/.test(node.expression.getText(source))) return;
      if (ts.isStringLiteralLike(node) && HEALTH.test(node.text)) found.push(node.text);
      ts.forEachChild(node, visit);
    };
    ts.forEachChild(source, visit);
  }
  return found.find((path) => path.includes("health")) ?? found[0];
}
