import type { BindingKind } from "../../bindings.ts";
import type { ExportKind } from "../../exports.ts";
import type { Fleet } from "../../fleet.ts";
import { targetOf } from "../../targets.ts";
import { at, type Finding, type Rule } from "../finding.ts";

const KNOWN: readonly ExportKind[] = ["entrypoint", "durable-object", "workflow", "handlers"];
const WANTED: Partial<Record<BindingKind, { kind: ExportKind; is: string; instead: string }>> = {
  service: { kind: "entrypoint", is: "a WorkerEntrypoint", instead: "Bind it in durable_objects or workflows" },
  "durable-object": { kind: "durable-object", is: "a Durable Object", instead: "Bind a WorkerEntrypoint in services" },
  workflow: { kind: "workflow", is: "a WorkflowEntrypoint", instead: "Name the class that extends WorkflowEntrypoint" },
};
const NAMES: Partial<Record<ExportKind, string>> = {
  entrypoint: "a WorkerEntrypoint",
  "durable-object": "a Durable Object class",
  workflow: "a WorkflowEntrypoint",
  handlers: "an object with handlers",
};

/** A binding of one kind that names an export of another. */
export const wrongKindOfExport: Rule = {
  id: "wrong-kind-of-export",
  severity: "error",
  title: "A binding names an export of the wrong kind",
  cause:
    "A service binding needs a WorkerEntrypoint or an object with handlers, durable_objects a class that extends DurableObject, and workflows a class that extends WorkflowEntrypoint. A service binding to a Durable Object class is accepted without an error, but each call fails with an internal error.",
  evidence: {
    basis: "measured",
    text: 'wrangler 4.164.0: deploy --dry-run prints no warning. workerd 1.20261117.1: a service that names a Durable Object class throws "internal error; reference = …" on fetch and RPC; one that names a workflow, "Handler does not export a fetch() function."; durable_objects that name a WorkerEntrypoint keep wrangler dev from starting',
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const deployment of fleet.deployments) {
      for (const binding of deployment.bindings) {
        const name = binding.className ?? binding.entrypoint;
        const wanted = WANTED[binding.kind];
        const target = targetOf(fleet, deployment, binding);
        if (name === undefined || wanted === undefined || target.export === undefined || name === "default") continue;
        const { kind } = target.export;
        const fits = kind === wanted.kind || (binding.kind === "service" && kind === "handlers");
        if (fits || !KNOWN.includes(kind)) continue;
        yield at(
          deployment,
          [...binding.path, binding.className === undefined ? "entrypoint" : "class_name"],
          `${binding.name} needs ${wanted.is}, but ${name} of ${target.deployment!.worker} is ${NAMES[kind]}`,
          `${wanted.instead}, or let ${name} extend ${wanted.is.replace(/^an? /, "").replace("Durable Object", "DurableObject")}.`,
        );
      }
    }
  },
};
