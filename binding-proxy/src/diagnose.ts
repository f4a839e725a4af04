import type { DiagnosePlan } from "./admission.js";
import type { BindingReport } from "./binding-report.js";
import { hasFetch } from "./kinds.js";
import type { Subject } from "./lookup.js";
import { ownAnswerHeaders } from "./problem.js";
import { probe, type Probe } from "./probe.js";
import { verdict } from "./verdict.js";

const REUSED_FOR_MILLIS = 5_000;
const PROBE_MILLIS = 2_000;

/** Finished reports of probed bindings only: requests cannot share a probe that is still under way. */
const recent = new Map<string, { readonly at: number; readonly report: BindingReport }>();

/** Tells the state of the listed bindings; their health paths are probed at the same time. */
export async function diagnose(plan: DiagnosePlan): Promise<Response> {
  const bindings = plan.bindingsOnly
    ? plan.subjects.map((subject) => reportOf(subject, "not asked"))
    : await Promise.all(plan.subjects.map((subject) => probed(subject, plan)));
  const headers = ownAnswerHeaders("proxy-answered", "application/json");
  return new Response(JSON.stringify({ bindings }), { headers });
}

async function probed(subject: Subject, { timeout, exposeErrors }: DiagnosePlan): Promise<BindingReport> {
  const { binding, open } = subject;
  const known = recent.get(binding.name);
  if (known !== undefined && Date.now() - known.at < REUSED_FOR_MILLIS) return known.report;
  const limit = Math.min(timeout?.millis ?? PROBE_MILLIS, PROBE_MILLIS);
  const found =
    binding.kind === "service" && binding.healthPath !== undefined && open !== undefined
      ? await probe(open, binding.origin, binding.healthPath, limit, exposeErrors)
      : undefined;
  const report = reportOf(subject, found);
  // A caller in a hurry does not leave its time-outs to the next one.
  if (limit === PROBE_MILLIS || report.health?.code !== "TIMED_OUT") {
    recent.set(binding.name, { at: Date.now(), report });
  }
  return report;
}

function reportOf(subject: Subject, probe: Probe | "not asked" | undefined): BindingReport {
  const { binding, found } = subject;
  const exists = found.kind !== "missing";
  const health = typeof probe === "object" ? probe.health : undefined;
  return {
    binding: binding.name,
    exists,
    kind: found.kind,
    expected: binding.kind,
    ...(exists && { className: found.className }),
    fetchCallable: found.kind === binding.kind && hasFetch(binding) && health?.code !== "NO_FETCH_HANDLER",
    rpcCallable: found.kind === binding.kind && binding.rpc !== undefined,
    ...(health && { health }),
    ...verdict(subject, probe),
  };
}
