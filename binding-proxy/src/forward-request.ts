import { dropHeaders } from "./hop-by-hop.js";
import { CONTROL_PREFIX } from "./protocol.js";

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

/**
 * The request as the target will get it. Copied whole and then changed, so that the body stays the runtime's own: a
 * broken upload stays broken, and a GET keeps its body. Redirects are not followed, as in every request that came in.
 */
export function forwardRequest(
  request: Request,
  names: readonly string[],
  origin: string,
  passCookies: boolean,
): Request {
  const forward = new Request(origin + pathOf(request.url), request);
  const { headers } = forward;
  const webSocket = names.includes("upgrade") && headers.get("upgrade")?.toLowerCase() === "websocket";
  dropHeaders(headers, names, NOT_PASSED, NOT_PASSED_PREFIXES);
  if (!passCookies && names.includes("cookie")) headers.delete("cookie");
  if (webSocket) headers.set("upgrade", "websocket");
  return forward;
}

/** Path and query as the runtime parsed them. */
function pathOf(url: string): string {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  return start < 0 ? "/" : url.slice(start);
}
