import type { Fleet } from "../../fleet.ts";
import type { Finding, Rule } from "../finding.ts";
import { sourcesOf } from "../source.ts";

/** A call of another Worker that nothing ends. */
export const fetchWithoutSignal: Rule = {
  id: "fetch-without-signal",
  severity: "note",
  title: "A call over a service binding has no time limit",
  cause:
    "A call over a service binding waits as long as the other Worker has anything pending. The rule reports calls whose URL and options are literals without a signal. It does not report a Request or options in a variable, which may have a signal, or `env.ORDERS.fetch(request)`, where the client decides how long to wait.",
  evidence: {
    basis: "measured",
    text: "workerd 1.20261117.1: the call waits for a target that waits for a timer; with signal: AbortSignal.timeout(300) it throws TimeoutError after 303 ms",
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const deployment of fleet.deployments) {
      const services = new Set(
        deployment.bindings.flatMap(({ kind, name, elsewhere }) => (kind === "service" && elsewhere ? name : [])),
      );
      for (const { file, unlimited } of sourcesOf(deployment)) {
        for (const { binding, position } of unlimited) {
          if (!services.has(binding)) continue;
          const message = `env.${binding}.fetch has no signal`;
          yield { file, position, message, fix: "Add { signal: AbortSignal.timeout(3000) } to its options." };
        }
      }
    }
  },
};
