import type { Fleet } from "../../fleet.ts";
import type { Finding, Rule } from "../finding.ts";
import { sourcesOf } from "../source.ts";

/** `Object.keys(env.X)`, which says nothing about a service binding. */
export const listedBinding: Rule = {
  id: "listed-binding",
  severity: "warning",
  title: "Code inspects the members of a service binding",
  cause:
    'A service binding accepts any method name, no matter what its target has: it has no keys, its JSON is {}, and `"name" in env.ORDERS` is true for every name.',
  evidence: {
    basis: "measured",
    text: 'workerd 1.20261117.1, from 2024-04-03 on: Object.keys [], JSON.stringify "{}", Object.hasOwn false, in true and typeof "function" for a method that is not there',
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const deployment of fleet.deployments) {
      const services = new Set(deployment.bindings.flatMap(({ kind, name }) => (kind === "service" ? name : [])));
      for (const { file, listings } of sourcesOf(deployment)) {
        for (const { binding, how, position } of listings) {
          if (!services.has(binding)) continue;
          yield {
            file,
            position,
            message: `${how} of env.${binding} does not show what its target exports`,
            fix: `Check only whether env.${binding} is undefined, or call the method.`,
          };
        }
      }
    }
  },
};
