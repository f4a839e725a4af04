import type { DiagnosePlan } from "./admission.js";
import type { BindingReport, Health } from "./binding-report.js";
import { CODES } from "./codes.js";
import { Deadline } from "./deadline.js";
import { describe } from "./failure.js";
import type { Subject } from "./lookup.js";
import { hasFetch } from "./kinds.js";
import { ownAnswerHeaders } from "./problem.js";
import { codeOf } from "./runtime-texts.js";

const REUSED_FOR_MILLIS = 5_000;
const PROBE_MILLIS = 2_000;

/** Finished reports only: requests cannot share a probe that is still under way. */
const recent = new Map<string, { readonly at: number; readonly report: BindingReport }>();

/** Tells the state of the listed bindings; their health paths are probed at the same time. */
export async function diagnose({ subjects, timeout, exposeErrors }: DiagnosePlan): Promise<Response> {
  const limit = Math.min(timeout?.millis ?? PROBE_MILLIS, PROBE_MILLIS);
  const bindings = await Promise.all(
    subjects.map(async (subject): Promise<BindingReport> => {
      const name = subject.binding.name;
      const known = recent.get(name);
      if (known !== undefined && Date.now() - known.at < REUSED_FOR_MILLIS) return known.report;
      const report = await examined(subject, limit, exposeErrors);
      // A caller in a hurry does not leave its time-outs to the next one.
      if (limit === PROBE_MILLIS) recent.set(name, { at: Date.now(), report });
      return report;
    }),
  );
  const headers = ownAnswerHeaders("proxy-answered", "application/json");
  return new Response(JSON.stringify({ bindings }), { headers });
}

async function examined(subject: Subject, limit: number, exposeErrors: boolean): Promise<BindingReport> {
  const { binding, found, open } = subject;
  const health =
    binding.kind === "service" && binding.healthPath !== undefined && open !== undefined
      ? await probe(open, binding.origin, binding.healthPath, limit, exposeErrors)
      : undefined;
  const exists = found.kind !== "missing";
  return {
    binding: binding.name,
    exists,
    kind: found.kind,
    expected: binding.kind,
    ...(exists && { className: found.className }),
    fetchCallable: found.kind === binding.kind && hasFetch(binding) && health?.code !== "NO_FETCH_HANDLER",
    ...(health && { health }),
    ...verdict(subject, health),
  };
}

async function probe(
  open: () => Fetcher,
  origin: string,
  path: string,
  millis: number,
  exposeErrors: boolean,
): Promise<Health> {
  const deadline = new Deadline({ millis, headersOnly: true });
  const start = Date.now();
  try {
    const answer = await open().fetch(origin + path, { redirect: "manual", signal: deadline.signal });
    await answer.body?.cancel();
    return { path, status: answer.status, latencyMillis: Date.now() - start };
  } catch (error) {
    const latencyMillis = Date.now() - start;
    if (deadline.expired) return { path, latencyMillis, code: "TIMED_OUT" };
    return { path, latencyMillis, code: codeOf(error), error: describe(error, exposeErrors) };
  } finally {
    deadline.stop();
  }
}

function verdict({ binding, found }: Subject, health: Health | undefined): { diagnosis: string; fix: string } {
  if (found.kind === "missing") {
    return {
      diagnosis: "BINDINGS lists it, but the deployed proxy has no such binding.",
      fix: `Add ${binding.name} to the ${sectionOf(binding.kind)} of wrangler.jsonc and deploy, or remove it from BINDINGS.`,
    };
  }
  if (found.kind !== binding.kind) {
    return {
      diagnosis: `BINDINGS says ${binding.kind}; the deployed binding is of type ${found.className}.`,
      fix: `Declare ${binding.name} in the ${sectionOf(binding.kind)} of wrangler.jsonc, or correct its kind in BINDINGS.`,
    };
  }
  if (health === undefined) return { diagnosis: "ok, not probed: it has no healthPath", fix: "" };
  if (health.code === "TIMED_OUT") {
    return {
      diagnosis: `The health path gave no answer within ${health.latencyMillis} ms.`,
      fix: "See the target's log, and what its health path waits for.",
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

function sectionOf(kind: Subject["binding"]["kind"]): string {
  return SECTIONS[kind];
}
