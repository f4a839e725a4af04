const KEYWORDS = new Set(
  (
    "abstract assert boolean break byte case catch char class const continue default do double else enum extends final " +
    "finally float for goto if implements import instanceof int interface long native new package private protected " +
    "public return short static strictfp super switch synchronized this throw throws transient try void volatile while " +
    "_ true false null"
  ).split(" "),
);

/** Methods of java.lang.Object: no record may have a component, and no interface a method, in their place. */
const OF_OBJECT = new Set("clone equals finalize getClass hashCode notify notifyAll toString wait".split(" "));

/** Types that the generated code itself names. */
const TAKEN_TYPES = new Set(
  (
    "BigInteger Boolean CompletableFuture Deprecated Double Idempotent Instant Integer JsonInclude JsonProperty " +
    "JsonSubTypes JsonTypeInfo JsonTypeName JsonValue List Long Map NullMarked Nullable Object Optional Override " +
    "Record RpcName RpcProperty String SuppressWarnings Void"
  ).split(" "),
);

/** The same in interfaces for sessions. */
const TAKEN_IN_SESSIONS = new Set(
  "AutoCloseable Flow FunctionalInterface InputStream OutputStream RpcBlob RpcRequest RpcResponse".split(" "),
);

/** What every JavaScript object has: a member or method of such a name is never sent, or never reached. */
export const OF_EVERY_OBJECT: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  "toJSON",
]);

/** Whether it is a package as Java writes it. */
export function isPackage(name: string): boolean {
  return name.split(".").every((part) => /^[A-Za-z_$][\w$]*$/.test(part) && !KEYWORDS.has(part));
}

/** A name for a component, parameter or method: the same one, if Java takes it. */
export function memberName(name: string): string {
  const java = /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : uncapitalized(pascal(name));
  return KEYWORDS.has(java) || OF_OBJECT.has(java) ? java + "_" : java;
}

/** A name for a type. */
export function typeName(name: string, session: boolean): string {
  const java = pascal(name);
  return TAKEN_TYPES.has(java) || (session && TAKEN_IN_SESSIONS.has(java)) ? java + "Data" : java;
}

/** As `ORDER_PAID`. */
export function constantName(value: string): string {
  const name = value
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1_$2")
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/g, "")
    .toUpperCase();
  if (name === "") return value === "" ? "EMPTY" : "VALUE";
  return /^\d/.test(name) ? "_" + name : name;
}

/** As `OrderPaid`. */
export function pascal(name: string): string {
  const words = name.split(/[^\p{L}\p{N}_$]+/u).filter((word) => word !== "");
  const java = words.map(capitalized).join("");
  if (java === "") return "Value";
  return /^\p{N}/u.test(java) ? "_" + java : java;
}

export function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function uncapitalized(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** The first of `name`, `name2`, `name3` … that is free; takes it. */
export function unique(name: string, taken: Set<string>): string {
  let free = name;
  for (let n = 2; taken.has(free); n++) free = `${name}${/\d$/.test(name) ? "_" : ""}${n}`;
  taken.add(free);
  return free;
}
