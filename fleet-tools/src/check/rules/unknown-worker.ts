import type { Binding } from "../../bindings.ts";
import type { Fleet } from "../../fleet.ts";
import { targetOf } from "../../targets.ts";
import { at, type Finding, type Rule } from "../finding.ts";

/** A binding to a Worker that is in none of the folders. */
export const unknownWorker: Rule = {
  id: "unknown-worker",
  severity: "note",
  title: "A binding names a Worker that is not in any of the folders",
  cause:
    "It may be deployed from another repository. If it does not exist, Cloudflare refuses the deployment, and wrangler dev responds to each call with 503. The finding is an error if a Worker of the fleet has almost the same name.",
  evidence: {
    basis: "measured",
    text: 'wrangler 4.164.0: deploy --dry-run prints no warning; dev answers fetch with 503, `Worker "oders" not found. Make sure it is running locally.`, and RPC throws it',
  },
  *check(fleet: Fleet): Iterable<Finding> {
    const names = [...new Set(fleet.deployments.map(({ worker }) => worker))].filter((name) => name !== "");
    for (const deployment of fleet.deployments) {
      for (const binding of deployment.bindings) {
        if (targetOf(fleet, deployment, binding).status !== "outside") continue;
        const worker = binding.worker!;
        const meant = names.find((name) => isMisspelt(worker, name));
        const where = [...binding.path, fieldOf(binding)];
        if (meant !== undefined) {
          const message = `${worker} is not a Worker of the fleet. Did you mean ${meant}?`;
          yield at(deployment, where, message, `Use ${meant}, or pass the folder of ${worker} too.`, {
            severity: "error",
          });
        } else {
          const message = `${worker} is not in any of the folders`;
          yield at(
            deployment,
            where,
            message,
            "Pass its folder too, or ignore this finding if the Worker is deployed from elsewhere.",
          );
        }
      }
    }
  },
};

function fieldOf({ kind }: Binding): string {
  return kind === "service" || kind === "tail" ? "service" : "script_name";
}

/** Whether the names differ by case or `_` alone, or by one letter of a word: not by a digit, as orders-1 and orders-2 do. */
function isMisspelt(written: string, name: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replaceAll("_", "-");
  if (plain(written) === plain(name)) return true;
  if (Math.min(written.length, name.length) < 5) return false;
  let start = 0;
  while (start < written.length && written[start] === name[start]) start++;
  let end = 0;
  while (end < Math.min(written.length, name.length) - start && written.at(-1 - end) === name.at(-1 - end)) end++;
  const [left, right] = [written.slice(start, written.length - end), name.slice(start, name.length - end)];
  if (!/^[a-z-]*$/i.test(left + right)) return false;
  const swapped = left.length === 2 && left === [...right].reverse().join("");
  return swapped || (left.length <= 1 && right.length <= 1);
}
