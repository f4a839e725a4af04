import { dropHeaders } from "./hop-by-hop.js";
import { ANSWER_HEADER, CONTROL_PREFIX, VARY, VERSION } from "./protocol.js";

/** Not passed back: they would speak for the proxy's own origin or to shared caches in front of it. */
const NOT_PASSED_BACK: ReadonlySet<string> = new Set([
  "strict-transport-security",
  "clear-site-data",
  "alt-svc",
  "cdn-cache-control",
  "cloudflare-cdn-cache-control",
  "surrogate-control",
]);
const NOT_PASSED_BACK_PREFIXES = [CONTROL_PREFIX, "access-control-", "mf-experimental-error-stack"];

/** The target's answer, marked as such. Status and body are the target's. */
export function targetAnswer(answer: Response, object: string | undefined): Response {
  const passed = new Response(answer.body, answer);
  const names = [...answer.headers.keys()];
  const { headers } = passed;
  dropHeaders(headers, names, NOT_PASSED_BACK, NOT_PASSED_BACK_PREFIXES);
  headers.append("Vary", VARY);
  headers.set("Cache-Control", privately(names.includes("cache-control") ? headers.get("cache-control") : null));
  headers.set(ANSWER_HEADER.version, VERSION);
  headers.set(ANSWER_HEADER.outcome, "target-answered");
  if (object !== undefined) headers.set(ANSWER_HEADER.object, object);
  return passed;
}

function privately(cacheControl: string | null): string {
  if (cacheControl === null) return "private";
  const others = cacheControl
    .split(",")
    .map((directive) => directive.trim())
    .filter((directive) => directive !== "" && !/^(?:public|private)$/i.test(directive));
  return ["private", ...others].join(", ");
}
