import type { Binding } from "../../bindings.ts";
import type { Deployment, Fleet } from "../../fleet.ts";
import { targetOf } from "../../targets.ts";
import { at, type Finding, type Rule } from "../finding.ts";

/** Workers that are bound in a circle. */
export const bindingLoop: Rule = {
  id: "binding-loop",
  severity: "note",
  title: "Service bindings form a loop",
  cause:
    'A loop of bindings is allowed, and harmless as long as no request goes around it. The configuration does not show whether one does. Such a request ends at the limit of chained calls, with error 1019 or "Subrequest depth limit exceeded".',
  evidence: {
    basis: "documented",
    text: "developers.cloudflare.com/workers/observability/errors (1019) and /workers/platform/limits: at most 16 Workers in a row",
  },
  *check(fleet: Fleet): Iterable<Finding> {
    const edges = new Map(fleet.deployments.map((each) => [each, [...edgesOf(fleet, each)]]));
    const told = new Set<string>();
    for (const group of circles(edges)) {
      const start = fleet.deployments.find((each) => group.has(each))!;
      // The same Workers in another environment.
      const key = [...group]
        .map(({ project }) => project.file)
        .sort()
        .join("\n");
      if (told.has(key)) continue;
      told.add(key);
      const loop = shortestLoop(edges, group, start);
      const names = [...loop.map(({ from }) => from.worker), start.worker];
      const others =
        group.size > loop.length ? ` (and ${group.size - loop.length} more Workers in loops with them)` : "";
      const fix = "Make sure that at least one fetch handler in the loop does not always forward to the next Worker.";
      yield at(start, loop[0]!.binding.path, `${names.join(" → ")}${others}`, fix);
    }
  },
};

interface Edge {
  readonly from: Deployment;
  readonly binding: Binding;
  readonly to: Deployment;
}
type Edges = ReadonlyMap<Deployment, readonly Edge[]>;

function* edgesOf(fleet: Fleet, from: Deployment): Iterable<Edge> {
  for (const binding of from.bindings) {
    const to = binding.kind === "service" && binding.elsewhere ? targetOf(fleet, from, binding).deployment : undefined;
    if (to !== undefined) yield { from, binding, to };
  }
}

/** The strongly connected components of more than one Worker (Tarjan's algorithm). */
function circles(edges: Edges): Set<Deployment>[] {
  const found: Set<Deployment>[] = [];
  const order = new Map<Deployment, number>();
  const lowest = new Map<Deployment, number>();
  const stack: Deployment[] = [];
  const visit = (node: Deployment): number => {
    const own = order.size;
    order.set(node, own);
    lowest.set(node, own);
    stack.push(node);
    for (const { to } of edges.get(node) ?? []) {
      const reached = !order.has(to) ? visit(to) : stack.includes(to) ? order.get(to)! : Infinity;
      lowest.set(node, Math.min(lowest.get(node)!, reached));
    }
    if (lowest.get(node) === own) {
      const group = new Set(stack.splice(stack.indexOf(node)));
      if (group.size > 1) found.push(group);
    }
    return lowest.get(node)!;
  };
  for (const node of edges.keys()) if (!order.has(node)) visit(node);
  return found;
}

/** Breadth first, within a group in which each Worker leads to each other one. */
function shortestLoop(edges: Edges, group: ReadonlySet<Deployment>, start: Deployment): readonly Edge[] {
  const seen = new Set([start]);
  const paths: { readonly end: Deployment; readonly loop: readonly Edge[] }[] = [{ end: start, loop: [] }];
  for (const { end, loop } of paths) {
    for (const edge of edges.get(end) ?? []) {
      if (edge.to === start) return [...loop, edge];
      if (seen.has(edge.to) || !group.has(edge.to)) continue;
      seen.add(edge.to);
      paths.push({ end: edge.to, loop: [...loop, edge] });
    }
  }
  return [];
}
