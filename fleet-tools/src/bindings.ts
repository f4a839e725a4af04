import type { Config } from "./wrangler.ts";
import { entriesOf } from "./loose.ts";
import type { ConfigPath } from "./source-position.ts";

/** What a binding lends. `other` is what binds neither a Worker nor a class: KV, R2, D1, AI and the like. */
export type BindingKind = "service" | "durable-object" | "workflow" | "queue" | "tail" | "ai" | "other";

/** One binding of a Worker in one environment. */
export interface Binding {
  /** The property of `env`; empty for what has none, such as a queue's consumer or a tail consumer. */
  readonly name: string;
  readonly kind: BindingKind;
  /** The Worker that is bound, as it is deployed; absent for what no Worker serves. */
  readonly worker?: string;
  /** The entrypoint of a service binding, as written; absent for the default one. */
  readonly entrypoint?: string;
  /** The class of a Durable Object or a workflow. */
  readonly className?: string;
  /** The resource: the queue's name, or the configuration's key of an `other` binding. */
  readonly resource?: string;
  /** Whether the configuration names the Worker, rather than meaning itself. */
  readonly elsewhere: boolean;
  readonly path: ConfigPath;
}

/** Lists the bindings of a configuration as wrangler has read it, but those that have no name or name no Worker. */
export function bindingsOf(config: Config): Binding[] {
  const self = config.name;
  const owner = (script: string | undefined): Pick<Binding, "worker" | "elsewhere"> => ({
    ...optional("worker", script ?? self),
    elsewhere: script !== undefined && script !== self,
  });
  const services = entriesOf(config.services).map((service, index): Binding => ({
    name: service.binding,
    kind: "service",
    worker: service.service,
    ...optional("entrypoint", service.entrypoint),
    elsewhere: service.service !== self,
    path: ["services", index],
  }));
  const objects = entriesOf(config.durable_objects?.bindings).map((object, index): Binding => ({
    name: object.name,
    kind: "durable-object",
    className: object.class_name,
    ...owner(object.script_name),
    path: ["durable_objects", "bindings", index],
  }));
  const workflows = entriesOf(config.workflows).map((workflow, index): Binding => ({
    name: workflow.binding,
    kind: "workflow",
    className: workflow.class_name,
    ...owner(workflow.script_name),
    path: ["workflows", index],
  }));
  const producers = entriesOf(config.queues?.producers).map((producer, index): Binding => ({
    name: producer.binding,
    kind: "queue",
    ...optional("resource", producer.queue),
    elsewhere: false,
    path: ["queues", "producers", index],
  }));
  const tails = entriesOf(config.tail_consumers).map((tail, index): Binding => ({
    name: "",
    kind: "tail",
    worker: tail.service,
    elsewhere: true,
    path: ["tail_consumers", index],
  }));
  return [...services, ...objects, ...workflows, ...producers, ...tails, ...resources(config)].filter(isWhole);
}

/** Whether what wrangler's reader requires is there. */
function isWhole({ name, worker, className, entrypoint, kind }: Binding): boolean {
  const texts = [name, worker ?? "", className ?? "", entrypoint ?? ""].every((each) => typeof each === "string");
  return texts && !((kind === "service" || kind === "tail") && worker === undefined);
}

const RESOURCES = [
  "kv_namespaces",
  "r2_buckets",
  "d1_databases",
  "vectorize",
  "hyperdrive",
  "dispatch_namespaces",
] as const;
const SINGLE = ["ai", "browser", "images", "version_metadata"] as const;

function resources(config: Config): Binding[] {
  const lists = RESOURCES.flatMap((key) =>
    entriesOf(config[key] as { binding: string }[] | undefined).map((entry, index) =>
      other(key, entry.binding, [key, index]),
    ),
  );
  const singles = SINGLE.flatMap((key) => {
    const entry = config[key] as { binding: string } | null | undefined;
    return typeof entry?.binding === "string" ? [other(key, entry.binding, [key])] : [];
  });
  return [...lists, ...singles];
}

function other(key: string, name: string, path: ConfigPath): Binding {
  return { name, kind: key === "ai" ? "ai" : "other", resource: key, elsewhere: false, path };
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}
