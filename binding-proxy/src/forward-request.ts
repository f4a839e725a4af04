import { withoutHopByHop } from "./hop-by-hop.js";
import { CONTROL_PREFIX } from "./protocol.js";

/** The request as the target will get it, ready to be sent: `fetch(request, init)`. */
export interface Forward {
  readonly request: Request;
  readonly init: RequestInit;
}

/** Headers that say who the caller is or rewrite what it asks: all of them speak to the proxy. */
const NOT_PASSED: ReadonlySet<string> = new Set([
  "proxy-authenticate",
  "proxy-authorization",
  "host",
  "cf-connecting-ip",
  "cf-connecting-ipv6",
  "cf-pseudo-ipv4",
  "true-client-ip",
  "x-real-ip",
  "x-client-ip",
  "x-cluster-client-ip",
  "forwarded",
  "x-http-method",
  "x-http-method-override",
  "x-method-override",
  "x-original-url",
  "x-original-host",
  "x-rewrite-url",
]);
const NOT_PASSED_PREFIXES = [CONTROL_PREFIX, "cf-access-", "x-forwarded-"];

export function forwardRequest(request: Request, origin: string, passCookies: boolean): Forward {
  return {
    // Copied whole, so that the body stays the runtime's own: a broken upload stays broken, and a GET keeps its body.
    request: new Request(origin + pathOf(request.url), request),
    init: {
      headers: forwardHeaders(request.headers, passCookies),
      redirect: "manual",
      // The answer's bytes as they are: answer.ts sends them on without encoding them anew.
      encodeResponseBody: "manual",
    },
  };
}

function forwardHeaders(from: Headers, passCookies: boolean): Headers {
  const headers = withoutHopByHop(from, NOT_PASSED, NOT_PASSED_PREFIXES);
  if (!passCookies) headers.delete("cookie");
  if (from.get("upgrade")?.toLowerCase() === "websocket") headers.set("upgrade", "websocket");
  return headers;
}

/** Path and query as the runtime parsed them. */
function pathOf(url: string): string {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  return start < 0 ? "/" : url.slice(start);
}
