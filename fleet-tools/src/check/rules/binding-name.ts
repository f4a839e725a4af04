import type { Fleet, Project } from "../../fleet.ts";
import type { ConfigPath } from "../../source-position.ts";
import { at, inFile, type Finding, type Rule } from "../finding.ts";
import { topicOf } from "../wrangler-messages.ts";

/** A binding whose name can't be written as `env.NAME`, or that every object has. */
export const bindingName: Rule = {
  id: "binding-name",
  severity: "note",
  title: "A binding's name can't be used as env.NAME",
  cause:
    'Wrangler accepts any name. A name that is not an identifier only works as env["my-orders"], and the binding proxy does not expose it. With a name that every object has, such as toString, wrangler fails with an internal error.',
  evidence: {
    basis: "measured",
    text: "wrangler 4.86.0 and 4.164.0: deploy --dry-run takes my-svc, 1svc and a b without a warning; 4.164.0 with toString exits with 1: bindingsGroupedByName[bindingName].push is not a function",
  },
  *check(fleet: Fleet): Iterable<Finding> {
    for (const project of fleet.projects) {
      if (project.messages.some((message) => topicOf(message) === "binding-name")) yield* ofEveryObject(project);
      for (const deployment of project.deployments) {
        for (const { name, path, kind } of deployment.bindings) {
          if (kind === "tail" || /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) continue;
          const where = [...path, kind === "durable-object" ? "name" : "binding"];
          const message = `${JSON.stringify(name)} is not a JavaScript identifier`;
          yield at(deployment, where, message, "Use letters, digits and _, such as ORDERS.");
        }
      }
    }
  },
};

/** Bindings that wrangler's reader fails on, so that their Worker has no deployment here. */
function* ofEveryObject(project: Project): Iterable<Finding> {
  const nodes: (readonly [unknown, ConfigPath])[] = [[project.raw, []]];
  for (const [node, path] of nodes) {
    for (const [key, value] of Object.entries(node as object)) {
      const where = [...path, Array.isArray(node) ? Number(key) : key];
      if (typeof value === "object" && value !== null) nodes.push([value, where]);
      const isName = (key === "binding" || key === "name") && path.length > 1;
      if (isName && typeof value === "string" && value in Object.prototype) {
        const message = `${value} is a property of every JavaScript object`;
        yield inFile(project, where, message, "Give the binding another name, such as ORDERS.", { severity: "error" });
      }
    }
  }
}
