import { serialize } from "capnweb";
import type { SessionPlan } from "./admission-rpc.js";
import { BatchError, malformed, timedOut } from "./batch-error.js";
import { CODES, type Code } from "./codes.js";
import { LARGEST_IN_FLIGHT, LONGEST_MESSAGE, type SessionLimits } from "./config-sessions.js";
import { ownAnswerHeaders } from "./problem.js";
import { ANSWER_HEADER } from "./protocol.js";
import { proxyError } from "./safe-error.js";
import { SessionCallbacks } from "./session-callbacks.js";
import type { SessionMessage } from "./session-reader.js";
import { SessionResults } from "./session-results.js";
import { SessionRun } from "./session-run.js";

/** How long calls in flight may go on when the session takes no more. */
const GRACE_MILLIS = 30_000;
/** Of the reason of a close, by the protocol of WebSockets. All of it is ASCII. */
const LONGEST_REASON = 123;

/** Opens a session. The WebSocket and all that is called by it belong to this one request. */
export function serveSession(plan: SessionPlan): Response {
  const { 0: webSocket, 1: socket } = new WebSocketPair();
  new Session(socket, plan);
  const headers = ownAnswerHeaders("target-answered");
  if (plan.target.object !== undefined) headers.set(ANSWER_HEADER.object, plan.target.object);
  headers.set(ANSWER_HEADER.session, limitsHeader(plan.limits));
  return new Response(null, { status: 101, webSocket, headers });
}

/** What the caller is told, so that it can wait instead of being refused. */
function limitsHeader({ callsInFlight, exports }: SessionLimits): string {
  const characters = `message-characters=${LONGEST_MESSAGE}; argument-characters=${LARGEST_IN_FLIGHT}`;
  return `calls-in-flight=${callsInFlight}; exports=${exports}; ${characters}`;
}

/** Serves one session. Whatever goes wrong in here may have reached the target: this file knows no refusal. */
class Session {
  readonly #run: SessionRun;
  readonly #callbacks: SessionCallbacks;
  readonly #timers: { total?: number; idle?: number; grace?: number } = {};
  #isOver = false;

  constructor(
    private readonly socket: WebSocket,
    private readonly plan: SessionPlan,
  ) {
    const { target, rpc, limits, reader, totalMillis } = plan;
    const results = new SessionResults(rpc, limits);
    const send = (text: string) => this.#send(text);
    this.#callbacks = new SessionCallbacks(send, reader.usage, results);
    this.#run = new SessionRun({
      open: () => target.open() as object,
      reader,
      results,
      callbacks: this.#callbacks,
      send,
      ended: () => this.#endSoon(),
      failed: (error) => this.#failed(error),
    });
    socket.addEventListener("message", ({ data }) => this.#receive(data));
    socket.addEventListener("close", ({ code, reason }) => this.#closed(code, reason));
    socket.addEventListener("error", () => this.#closed());
    socket.accept();
    this.#timers.total = setTimeout(() => this.#timeIsUp(), totalMillis);
    this.#watchIdle(limits.idleSeconds * 1000);
  }

  get #usage() {
    return this.plan.reader.usage;
  }

  #receive(data: unknown): void {
    if (this.#isOver) return;
    try {
      this.#take(this.plan.reader.take(data));
      this.#endIfDone();
    } catch (error) {
      if (error instanceof BatchError) this.#abort(error);
      else this.#failed(error);
    }
  }

  #take(message: SessionMessage): void {
    switch (message.kind) {
      case "push":
        return this.#run.push(message.id, message.push, message.characters);
      case "refused":
        return this.#run.add(message.id, Promise.reject(message.error));
      case "pull":
        return this.#run.pull(message.id);
      case "release":
        return this.#run.release(message.id);
      case "settled":
        if (this.#callbacks.settle(message.id, message.settled)) return;
        throw malformed("The session answers a call that the proxy did not make.");
      case "abort":
        return this.#end(1000, "The caller ended the session.");
    }
  }

  #send(text: string): void {
    if (this.#isOver) return;
    this.#usage.sent(text.length);
    this.socket.send(text);
    this.#endSoon();
  }

  #timeIsUp(): void {
    this.#usage.end("The time of the session is up.", "TIMED_OUT");
    this.#endIfDone();
  }

  #watchIdle(millis: number): void {
    const left = millis - this.#usage.idleMillis;
    if (left > 0) this.#timers.idle = setTimeout(() => this.#watchIdle(millis), left);
    else this.#abort(timedOut(`The session was idle for ${millis / 1000} seconds.`));
  }

  /** Results that are there go out first. */
  #endSoon(): void {
    if (this.#usage.over !== undefined) setTimeout(() => this.#endIfDone(), 0);
  }

  /** Calls that were accepted have their time to end, also if no further one is. */
  #endIfDone(): void {
    const { over, callsInFlight } = this.#usage;
    if (over === undefined || this.#isOver) return;
    if (callsInFlight === 0) this.#abort(over);
    else this.#timers.grace ??= setTimeout(() => this.#abort(over), GRACE_MILLIS);
  }

  #failed(error: unknown): void {
    console.error("binding-proxy: a session could not be served to its end", error);
    this.#abort({
      code: "TARGET_THREW",
      message: "The session failed; see the proxy's log.",
    });
  }

  /** Tells the caller why, and from which call on nothing ran. */
  #abort({ code, message }: { readonly code: Code; readonly message: string }): void {
    if (this.#isOver) return;
    console.warn(`binding-proxy: a session of ${this.plan.target.binding.name} was ended: ${code}: ${message}`);
    const error = proxyError(code, message, {
      bindingProxyLastCall: this.plan.reader.lastAccepted,
    });
    try {
      this.socket.send(`["abort",${serialize(error)}]`);
    } catch {
      // The caller is gone.
    }
    this.#end(4000 + CODES[code].status, `${code}: ${message}`);
  }

  /** The caller closed the WebSocket, or is gone. */
  #closed(code = 1000, reason = ""): void {
    this.#end(code >= 3000 ? code : 1000, reason);
  }

  #end(code: number, reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    this.#callbacks.end();
    this.#run.end();
    try {
      this.socket.close(code, reason.slice(0, LONGEST_REASON));
    } catch {
      // It is closed.
    }
  }
}
