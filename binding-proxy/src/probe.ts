import type { Health } from "./binding-report.js";
import { Deadline } from "./deadline.js";
import { describe } from "./failure.js";
import { codeOf } from "./runtime-texts.js";
import { devError } from "./wrangler-dev.js";

/** One GET of a health path. */
export interface Probe {
  readonly health: Health;
  /** What the call threw, where it did. */
  readonly thrown?: unknown;
}

export async function probe(
  open: () => Fetcher,
  origin: string,
  path: string,
  millis: number,
  exposeErrors: boolean,
): Promise<Probe> {
  const deadline = new Deadline({ millis, headersOnly: true });
  const start = Date.now();
  try {
    const call = open().fetch(origin + path, { redirect: "manual" });
    const answer = await deadline.limit(call.then((fetched) => devError(fetched, new Headers())));
    if (answer === "expired") return { health: { path, latencyMillis: Date.now() - start, code: "TIMED_OUT" } };
    if (answer instanceof Error) throw answer;
    await answer.body?.cancel();
    return { health: { path, status: answer.status, latencyMillis: Date.now() - start } };
  } catch (thrown) {
    const latencyMillis = Date.now() - start;
    return { health: { path, latencyMillis, code: codeOf(thrown), error: describe(thrown, exposeErrors) }, thrown };
  } finally {
    deadline.stop();
  }
}
