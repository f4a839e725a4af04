import type { Deployment, Fleet } from "../../fleet.ts";
import { textsOf } from "../../loose.ts";
import { targetOf } from "../../targets.ts";
import { at, type Finding, type Rule } from "../finding.ts";
import { sourcesOf } from "../source.ts";

const SINCE = "2026-04-21";

/** Errors of one's own classes that arrive as plain ones. */
export const errorNamesLost: Rule = {
  id: "error-names-lost",
  severity: "note",
  title: "Errors lose their name and code on the way to a caller",
  cause: `Before compatibility date ${SINCE}, a custom error arrives over RPC as a plain Error: its name becomes a prefix of the message, and its code and cause are lost. Both Workers need this date, or the flag enhanced_error_serialization.`,
  evidence: {
    basis: "measured",
    text: 'workerd 1.20261117.1: class MyErr with code X1 arrives as "Error: MyErr: bad" without code if either Worker is at 2026-04-01, and as MyErr with its code if both are at 2026-04-21',
  },
  *check(fleet: Fleet): Iterable<Finding> {
    const late = new Map<Deployment, string[]>();
    for (const deployment of fleet.deployments) {
      for (const binding of deployment.bindings) {
        if (binding.kind !== "service" || binding.entrypoint === undefined) continue;
        const { deployment: target, export: found } = targetOf(fleet, deployment, binding);
        if (target === undefined || found?.kind !== "entrypoint" || target === deployment) continue;
        const early = [target, deployment].find(isEarly);
        if (early === undefined || !sourcesOf(target).some(({ ownErrors }) => ownErrors)) continue;
        late.set(early, [...(late.get(early) ?? []), `${deployment.worker} → ${target.worker}#${found.name}`]);
      }
    }
    for (const [deployment, calls] of late) {
      yield at(
        deployment,
        ["compatibility_date"],
        `Custom errors lose their name and code at this compatibility date: ${calls.join(", ")}`,
        `Set compatibility_date to ${SINCE} or later in all of them, and test code that reads err.name or err.message.`,
      );
    }
  },
};

function isEarly({ config }: Deployment): boolean {
  const flags = textsOf(config.compatibility_flags);
  if (flags.includes("enhanced_error_serialization")) return false;
  const date: unknown = config.compatibility_date;
  return flags.includes("legacy_error_serialization") || (typeof date === "string" && date < SINCE);
}
