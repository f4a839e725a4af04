import type { Deadline } from "./deadline.js";
import { Refusal } from "./refusal.js";

const LONGEST = 1 << 20;
const MOST_AT_ONCE = 64 << 10;

/** The text of a batch, read to its end under the limits of size and time. */
export async function readBatchBody(request: Request, deadline: Deadline | undefined): Promise<string | Refusal> {
  const announced = Number(request.headers.get("content-length") ?? NaN);
  if (announced > LONGEST) return tooLarge();
  const reader = request.body?.getReader({ mode: "byob" });
  if (reader === undefined) return "";
  // One byte more than is announced: so one read takes the body in and sees its end.
  const room = announced < MOST_AT_ONCE ? announced + 1 : MOST_AT_ONCE;
  const expiry = deadline?.expiry;
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let text = "";
  let length = 0;
  for (;;) {
    const next = reader.readAtLeast(room, new Uint8Array(room));
    const piece = await (expiry ? Promise.race([next, expiry]) : next);
    if (piece === "expired") {
      // The read is left behind, and fails when the caller is gone: nobody has to hear of it.
      next.catch(() => {});
      return new Refusal("TIMED_OUT", "The body did not come within Binding-Proxy-Timeout-Ms. Nothing was called.");
    }
    if (piece.done) break;
    length += piece.value.byteLength;
    if (length > LONGEST) {
      reader.cancel().catch(() => {});
      return tooLarge();
    }
    try {
      text += decoder.decode(piece.value, { stream: true });
    } catch {
      return notUtf8();
    }
    if (length === announced) break;
  }
  try {
    return text + decoder.decode();
  } catch {
    return notUtf8();
  }
}

const tooLarge = () =>
  new Refusal("BODY_TOO_LARGE", `A batch is at most ${LONGEST} bytes. Send fewer or smaller calls.`);
const notUtf8 = () => new Refusal("BAD_REQUEST", "The batch is not valid UTF-8.");
