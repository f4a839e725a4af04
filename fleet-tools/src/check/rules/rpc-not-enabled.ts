import type { Fleet } from "../../fleet.ts";
import { textsOf } from "../../loose.ts";
import { targetOf } from "../../targets.ts";
import { at, type Finding, type Rule } from "../finding.ts";

const SINCE = "2024-04-03";
const RUNTIME = new Set(["fetch", "constructor", "scheduled", "queue", "tail", "email", "trace", "test"]);

/** RPC from a Worker whose compatibility date is too early for it. */
export const rpcNotEnabled: Rule = {
  id: "rpc-not-enabled",
  severity: "error",
  title: "A Worker binds an entrypoint whose methods it can't call yet",
  cause: `RPC methods need compatibility date ${SINCE} or later, or the flag rpc, in the calling Worker.`,
  evidence: {
    basis: "measured",
    text: "workerd 1.20261117.1, caller at 2024-01-01: TypeError: env.A.hello is not a function; caller at 2026-04-01, target at 2024-01-01: works",
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const deployment of fleet.deployments) {
      const { compatibility_date: date, compatibility_flags } = deployment.config;
      const flags = textsOf(compatibility_flags);
      const off = flags.includes("no_rpc") || (typeof date === "string" && date < SINCE && !flags.includes("rpc"));
      if (!off) continue;
      for (const binding of deployment.bindings) {
        if (binding.kind !== "service" || binding.entrypoint === undefined) continue;
        const target = targetOf(fleet, deployment, binding).export;
        const methods = target?.kind === "entrypoint" ? target.members.filter((name) => !RUNTIME.has(name)) : [];
        if (methods.length === 0) continue;
        yield at(
          deployment,
          [...binding.path, "entrypoint"],
          `${methods.slice(0, 3).join(", ")} of ${binding.entrypoint} can't be called at compatibility date ${date}`,
          `Set compatibility_date to ${SINCE} or later, or add the flag rpc.`,
        );
      }
    }
  },
};
