import { CODES, type RefusalCode } from "./codes.js";
import { problemResponse } from "./problem.js";
import { proxyError } from "./safe-error.js";

/**
 * A request that was refused before any binding was called: the only maker of the outcome `not-dispatched`.
 * Imported by the code that reads, authorises and looks up; never by dispatch.ts and what lies behind it.
 */
export class Refusal {
  constructor(
    readonly code: RefusalCode,
    readonly detail: string = CODES[code].detail,
    readonly binding?: string,
  ) {}

  toResponse(): Response {
    const { code, detail, binding } = this;
    return problemResponse({ code, outcome: "not-dispatched", detail, binding });
  }
}

/** The same for one call of a session, which is rejected with it while the session goes on. */
export function refusedCall({ code, message }: { readonly code: RefusalCode; readonly message: string }): Error {
  return proxyError(code, message, { bindingProxyOutcome: "not-dispatched" });
}
