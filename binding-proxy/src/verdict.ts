import { CODES } from "./codes.js";
import type { Subject } from "./lookup.js";
import type { Probe } from "./probe.js";
import { INTERNAL_ERROR, isInternalError } from "./runtime-texts.js";

interface Verdict {
  readonly diagnosis: string;
  readonly fix: string;
}

/** Says for a person what is wrong with a binding, and what to do. */
export function verdict(subject: Subject, probe: Probe | "not asked" | undefined): Verdict {
  const ofBinding = bindingVerdict(subject);
  if (ofBinding !== undefined) return ofBinding;
  if (probe === undefined) return { diagnosis: "ok, not probed: it has no healthPath", fix: "" };
  return probe === "not asked" ? { diagnosis: "ok, not asked", fix: "" } : probeVerdict(subject, probe);
}

function bindingVerdict({ binding, found }: Subject): Verdict | undefined {
  if (found.kind === "missing") {
    return {
      diagnosis: "BINDINGS lists it, but the deployed proxy has no such binding.",
      fix: `Add ${binding.name} to the ${SECTIONS[binding.kind]} of wrangler.jsonc and deploy, or remove it from BINDINGS.`,
    };
  }
  if (found.kind !== binding.kind) {
    return {
      diagnosis: `BINDINGS says ${binding.kind}; the deployed binding is of type ${found.className}.`,
      fix: `Declare ${binding.name} in the ${SECTIONS[binding.kind]} of wrangler.jsonc, or correct its kind in BINDINGS.`,
    };
  }
  return undefined;
}

function probeVerdict({ binding }: Subject, { health, thrown }: Probe): Verdict {
  if (health.code === "TIMED_OUT") {
    return {
      diagnosis: `The health path gave no answer within ${health.latencyMillis} ms.`,
      fix: "See the target's log, and what its health path waits for.",
    };
  }
  if (isInternalError(thrown)) return INTERNAL_ERROR;
  if (health.code === "NO_FETCH_HANDLER" && binding.rpc !== undefined) {
    return {
      diagnosis: CODES.NO_FETCH_HANDLER.title,
      fix: "If the target is called by RPC alone, remove healthPath from its entry in BINDINGS. Otherwise add a fetch method.",
    };
  }
  if (health.code !== undefined) return { diagnosis: CODES[health.code].title, fix: CODES[health.code].detail };
  if (health.status !== undefined && health.status >= 200 && health.status < 300) return { diagnosis: "ok", fix: "" };
  return {
    diagnosis: `The target answers, but its health path has status ${health.status}.`,
    fix: "See the target's log, or correct healthPath in BINDINGS.",
  };
}

const SECTIONS = { service: "services", "durable-object": "durable_objects", queue: "queues", ai: "ai" } as const;
