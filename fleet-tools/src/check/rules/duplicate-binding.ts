import type { Fleet } from "../../fleet.ts";
import { positionOf } from "../../fleet.ts";
import { topicOf } from "../wrangler-messages.ts";
import type { Finding, Rule } from "../finding.ts";

/** Two bindings of one name. */
export const duplicateBinding: Rule = {
  id: "duplicate-binding",
  severity: "error",
  title: "Two bindings have the same name",
  cause: "Bindings, vars and required secrets share one namespace, env. Wrangler refuses a name that appears twice.",
  evidence: {
    basis: "measured",
    text: "wrangler 4.86.0 and 4.164.0: deploy --dry-run exits with 1: T assigned to multiple Worker bindings. (A service is called Worker there.)",
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const project of fleet.projects) {
      for (const message of project.messages) {
        const name = /^(.*) assigned to /.exec(message.text)?.[1];
        if (name === undefined || topicOf(message) !== "duplicate-binding") continue;
        const deployment = project.deployments.find(({ environment }) => environment === message.environment);
        if (deployment === undefined) continue;
        const places = deployment.bindings.filter((binding) => binding.name === name).map(({ path }) => path);
        if (name in (deployment.config.vars ?? {})) places.push(["vars", name]);
        const [first, second] = places.map((path) => positionOf(deployment, path));
        yield {
          file: project.file,
          position: second ?? first ?? positionOf(deployment, []),
          message: `${message.text.replace(/\.$/, "")}${first !== undefined && second !== undefined ? `, first on line ${first.line}` : ""}`,
          fix: message.text.includes("Secret")
            ? `Remove ${name} from vars, and run: npx wrangler secret put ${name}`
            : `Rename one of them.`,
        };
      }
    }
  },
};
