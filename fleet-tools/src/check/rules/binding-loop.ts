import type { Binding } from "../../bindings.ts";
import type { Deployment, Fleet } from "../../fleet.ts";
import { targetOf } from "../../targets.ts";
import { at, type Finding, type Rule } from "../finding.ts";

/** Workers that are bound in a circle. */
export const bindingLoop: Rule = {
  id: "binding-loop",
  severity: "note",
  title: "Service bindings lead back to the Worker that they start from",
  cause:
    'A loop of bindings is allowed, and harmless if no request goes round it. Whether one does can\'t be told from the configuration. A request that does is ended by the limit of calls in a row, with error 1019 or "Subrequest depth limit exceeded".',
  evidence: {
    basis: "documented",
    text: "developers.cloudflare.com/workers/observability/errors (1019) and /workers/platform/limits: at most 16 Workers in a row",
  },
  *check(fleet: Fleet): Iterable<Finding> {
    const told = new Set<string>();
    for (const deployment of fleet.deployments) {
      const loop = shortestLoop(fleet, deployment);
      if (loop === undefined) continue;
      // The same Workers from another start, or in another environment.
      const key = [...new Set(loop.map(({ from }) => from.project.file))].sort().join("\n");
      if (told.has(key)) continue;
      told.add(key);
      const names = [...loop.map(({ from }) => from.worker), deployment.worker];
      const fix = "See that no fetch handler forwards to the next one of them unconditionally.";
      yield at(deployment, loop[0]!.binding.path, names.join(" → "), fix);
    }
  },
};

interface Step {
  readonly from: Deployment;
  readonly binding: Binding;
}

/** Breadth first, along service bindings to other Workers. */
function shortestLoop(fleet: Fleet, start: Deployment): readonly Step[] | undefined {
  const seen = new Set<Deployment>([start]);
  const paths: { readonly end: Deployment; readonly steps: readonly Step[] }[] = [{ end: start, steps: [] }];
  for (const { end, steps } of paths) {
    for (const binding of end.bindings) {
      if (binding.kind !== "service" || !binding.elsewhere) continue;
      const next = targetOf(fleet, end, binding).deployment;
      if (next === undefined) continue;
      const further = [...steps, { from: end, binding }];
      if (next === start) return further;
      if (seen.has(next)) continue;
      seen.add(next);
      paths.push({ end: next, steps: further });
    }
  }
  return undefined;
}
