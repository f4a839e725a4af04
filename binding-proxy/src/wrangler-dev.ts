import { NOT_RUNNING } from "./runtime-texts.js";

/** Marks the answer that wrangler dev gives in the place of an exception of a default export. */
const ERROR_STACK = "mf-experimental-error-stack";

const LONGEST = 400;

/**
 * The error that a plain runtime would have thrown, if wrangler dev answers it in the place of the target; or else the
 * target's answer, which may be another object then.
 */
export async function devError(answer: Response, request: Headers): Promise<Error | Response> {
  if (answer.headers.has(ERROR_STACK)) return thrown(await answer.text());
  // Only an edge sets CF-Ray: what is deployed never gets further.
  if (answer.status !== 503 || request.has("cf-ray") || !isPlainText(answer)) return answer;
  return notRunning(answer);
}

/** Text and nothing else in the headers, as a Response of a string has it. */
function isPlainText({ body, headers }: Response): boolean {
  return body !== null && [...headers].length === 1 && headers.get("content-type") === "text/plain;charset=UTF-8";
}

async function notRunning(answer: Response): Promise<Error | Response> {
  const [looked, kept] = (answer.body as ReadableStream<Uint8Array>).tee();
  const start = await beginning(looked);
  return NOT_RUNNING.test(start) ? new Error(start) : new Response(kept, answer);
}

/** The text, as far as is needed to tell that it is too long. */
async function beginning(body: ReadableStream<Uint8Array>): Promise<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  try {
    while (text.length <= LONGEST) {
      const { done, value } = await reader.read();
      if (done) return text;
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    // It breaks for the caller too.
  }
  // Not awaited: that would wait for the end of the other branch.
  reader.cancel().catch(() => {});
  return text;
}

function thrown(json: string): Error {
  try {
    const { name, message } = JSON.parse(json) as { name?: unknown; message?: unknown };
    const error = new Error(String(message));
    error.name = String(name);
    return Object.assign(error, { remote: true });
  } catch {
    return new Error("wrangler dev tells no more of it: see the target's log.");
  }
}
