import type { Deadline } from "./deadline.js";
import { Refusal } from "./refusal.js";

const LONGEST = 1 << 20;
const TOO_LARGE = `A batch is at most ${LONGEST} bytes. Send fewer or smaller calls.`;
const MOST_AT_ONCE = 64 << 10;
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text of a batch, read to its end under the limits of size and time. */
export async function readBatchBody(request: Request, deadline: Deadline | undefined): Promise<string | Refusal> {
  const reading = readBytes(request);
  const body = await (deadline ? Promise.race([reading, deadline.expiry]) : reading);
  if (body === "too-large") return new Refusal("BODY_TOO_LARGE", TOO_LARGE);
  if (body === "expired") {
    // The read is left behind, and fails when the caller is gone: nobody has to hear of it.
    reading.catch(() => {});
    return new Refusal("TIMED_OUT", "The body did not come within Binding-Proxy-Timeout-Ms. Nothing was called.");
  }
  try {
    return decoder.decode(body);
  } catch {
    return new Refusal("BAD_REQUEST", "The batch is not valid UTF-8.");
  }
}

async function readBytes(request: Request): Promise<BufferSource | "too-large"> {
  // No limit by itself: the runtime passes it on beside Transfer-Encoding too, which then says how long the body is.
  const announced = Number(request.headers.get("content-length") ?? NaN);
  if (announced > LONGEST) return "too-large";
  const reader = request.body?.getReader({ mode: "byob" });
  if (reader === undefined) return new Uint8Array();
  // One byte more than is announced: so one read takes the body in and sees its end.
  const room = announced < MOST_AT_ONCE ? announced + 1 : MOST_AT_ONCE;
  const pieces: Uint8Array[] = [];
  for (let length = 0; ;) {
    const { done, value } = await reader.readAtLeast(room, new Uint8Array(room));
    if (done) return new Blob(pieces).arrayBuffer();
    length += value.byteLength;
    if (length === announced && pieces.length === 0) return value;
    if (length > LONGEST) {
      reader.cancel().catch(() => {});
      return "too-large";
    }
    pieces.push(value);
  }
}
