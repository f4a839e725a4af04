import type { RefusalCode } from "./codes.js";

/** Why a batch is refused. Thrown while it is read, and caught in batch.ts. */
export class BatchError extends Error {
  constructor(
    readonly code: RefusalCode,
    message: string,
  ) {
    super(message);
  }
}

export const malformed = (message: string) => new BatchError("BAD_REQUEST", message);
export const forbidden = (message: string) => new BatchError("FORBIDDEN", message);
export const tooMany = (message: string) => new BatchError("BODY_TOO_LARGE", message);
export const timedOut = (message: string) => new BatchError("TIMED_OUT", message);
