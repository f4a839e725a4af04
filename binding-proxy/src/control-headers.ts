import { parseObjectAddress, type ObjectAddress } from "./objects.js";
import { CONTROL_PREFIX, HEADER, OPERATIONS, parseOperation, type WantedOperation } from "./protocol.js";
import { quote } from "./quote.js";
import { Refusal } from "./refusal.js";
import { parseTimeout, type Timeout } from "./timeout.js";

export interface Controls extends WantedOperation {
  readonly authorization: string | undefined;
  readonly target: string | undefined;
  readonly object: ObjectAddress | undefined;
  readonly timeout: Timeout | undefined;
  /** Of all headers of the request, in lower case: the runtime is slow to list them. */
  readonly names: readonly string[];
}

const KNOWN: ReadonlySet<string> = new Set(Object.values(HEADER));
const LONGEST = 1024;
const VISIBLE_ASCII = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;

/** Reads the Binding-Proxy-* headers. Strict: what is not understood in full is refused, never guessed at. */
export function readControls(headers: Headers): Controls | Refusal {
  const values = new Map<string, string>();
  const names = [...headers.keys()];
  for (const name of names) {
    if (name === "origin" || name === "sec-fetch-site") {
      return new Refusal("BAD_REQUEST", "The proxy serves backends, not browsers: do not send Origin or Sec-Fetch-*.");
    }
    if (!name.startsWith(CONTROL_PREFIX)) continue;
    const value = headers.get(name) ?? "";
    const complaint = complaintAbout(name, value);
    if (complaint !== undefined) return new Refusal("BAD_REQUEST", complaint);
    values.set(name, value);
  }
  const named = values.get(HEADER.op) ?? "fetch";
  const operation = parseOperation(named);
  if (operation === undefined) {
    return new Refusal(
      "BAD_REQUEST",
      `Binding-Proxy-Op is ${quote(named)}; it takes ${OPERATIONS.join(", ")}, and diagnose;bindings.`,
    );
  }
  const timeout = parseTimeout(values.get(HEADER.timeout));
  if (timeout instanceof Refusal) return timeout;
  const object = parseObjectAddress(values.get(HEADER.object));
  if (object instanceof Refusal) return object;
  return {
    authorization: values.get(HEADER.authorization),
    target: values.get(HEADER.target),
    ...operation,
    object,
    timeout,
    names,
  };
}

/** Values are not quoted here: a mistyped name may hold the token. */
function complaintAbout(name: string, value: string): string | undefined {
  if (!KNOWN.has(name)) return `${quote(name)} is not a header of this protocol. Known: ${[...KNOWN].join(", ")}.`;
  if (value === "") return `${name} is empty. Remove it, or set a value.`;
  if (value.length > LONGEST) return `${name} is longer than ${LONGEST} characters.`;
  if (value.includes(",")) return `${name} has a comma: it was sent twice, or the comma must be written as %2C.`;
  if (!VISIBLE_ASCII.test(value)) return `${name} has characters other than visible ASCII: percent-encode them.`;
  return undefined;
}
