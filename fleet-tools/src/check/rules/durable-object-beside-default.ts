import type { Fleet } from "../../fleet.ts";
import { targetOf } from "../../targets.ts";
import { at, type Finding, type Rule } from "../finding.ts";

/** A plain binding to a Worker that exports Durable Objects too: said to break, and measured not to. */
export const durableObjectBesideDefault: Rule = {
  id: "durable-object-beside-default",
  severity: "note",
  title: "A service binding without an entrypoint targets a Worker that also exports Durable Object classes",
  cause:
    "An article reports that fetch over such a binding throws \"Callback returned incorrect type; expected 'Promise'\". On workerd it works. A target whose fetch ran and returned no Response causes the same message: check that first.",
  evidence: {
    basis: "measured",
    text: "workerd 1.20260426.1 and 1.20261117.1, compatibility dates 2024-04-03 to 2026-04-21: 200. Deployed: reported by an article (April 2026) to throw",
  },
  *check(fleet: Fleet): Iterable<Finding> {
    const told = new Set<unknown>();
    for (const deployment of fleet.deployments) {
      for (const binding of deployment.bindings) {
        if (binding.kind !== "service" || binding.entrypoint !== undefined || !binding.elsewhere) continue;
        const { deployment: target } = targetOf(fleet, deployment, binding);
        const objects = target?.exports?.exports.filter(({ kind }) => kind === "durable-object") ?? [];
        if (target === undefined || objects.length === 0 || told.has(target.project)) continue;
        told.add(target.project);
        yield at(
          deployment,
          binding.path,
          `${target.worker} exports ${objects.map(({ name }) => name).join(", ")} and a default export: works in our measurements, reported to fail`,
          `Nothing, as long as calls work. If they throw "Callback returned incorrect type", return a Response on every code path of fetch in ${target.worker}.`,
        );
      }
    }
  },
};
