const MEMBERS = [
  "a",
  "b",
  "class",
  "hashCode",
  "content-type",
  "$ref",
  "_",
  "record",
  "1st",
  "ä",
  "getX",
  "isY",
  "String",
  "List",
];
const TEXTS = [
  "open",
  "re-opened",
  "",
  "2nd",
  "OPEN",
  "Open",
  "a b",
  '"quoted"',
  "back\\slash",
  "new\nline",
  "\u0000",
  "grün",
  "😀",
];
const LEAVES = [
  "string",
  "number",
  "boolean",
  "bigint",
  "Date",
  "Uint8Array",
  "unknown",
  "1 | 2",
  "`a-${string}`",
  "string & { x: 1 }",
];

/**
 * A Worker with methods of random types, each of which Java can have. The same seed gives the same one.
 *
 * @param session whether some of the types are functions
 */
export function randomWorker(seed: number, methods: number, session = false): string {
  const random = new Random(seed);
  const types = new Types(random);
  const lines = Array.from({ length: methods }, (_, i) => {
    const parameters = types.parameters(3, session);
    return `  m${i}(${parameters}): Promise<${types.maybeFunction(4, session)}> { throw new Error(); }`;
  });
  return [
    'import { WorkerEntrypoint } from "cloudflare:workers";',
    "interface Box<T> { value: T; more: T[] }",
    ...types.declared,
    "export class Random extends WorkerEntrypoint {",
    ...lines,
    "}\n",
  ].join("\n");
}

class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** As of mulberry32. */
  below(bound: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % bound;
  }

  of<T>(all: readonly T[]): T {
    return all[this.below(all.length)]!;
  }

  some<T>(all: readonly T[], least: number): T[] {
    const count = least + this.below(3);
    const left = [...all];
    return Array.from({ length: count }, () => left.splice(this.below(left.length), 1)[0]!);
  }
}

class Types {
  readonly #random: Random;
  readonly declared: string[] = [];
  readonly #objects: string[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  any(depth: number): string {
    const random = this.#random;
    if (depth === 0) return random.of(LEAVES);
    const inner = () => this.any(depth - 1);
    return random.of([
      () => random.of(LEAVES),
      () => `(${inner()})[]`,
      () => `readonly (${inner()})[]`,
      () => `Record<string, ${inner()}>`,
      () => `${inner()} | null`,
      () => this.#texts(),
      () => this.#declare(`interface`, this.#object(depth)),
      () => this.#declare(`interface`, this.#object(depth)),
      () => this.#object(depth),
      () => this.#union(depth),
      () => `Box<${inner()}>`,
      () => `Partial<${this.#declare("interface", this.#object(depth))}>`,
      () => (this.#objects.length > 0 ? random.of(this.#objects) : inner()),
    ])();
  }

  parameters(depth: number, session: boolean): string {
    return Array.from({ length: this.#random.below(4) }, (_, n) => `p${n}: ${this.maybeFunction(depth, session)}`).join(
      ", ",
    );
  }

  maybeFunction(depth: number, session: boolean): string {
    if (!session || depth === 0 || this.#random.below(2) === 0) return this.any(depth);
    return `(${this.parameters(depth - 1, session)}) => ${this.maybeFunction(depth - 1, session)}`;
  }

  #texts(): string {
    const texts = this.#random.some(TEXTS, 2).map((text) => JSON.stringify(text));
    return this.#random.below(2) === 0 ? texts.join(" | ") : this.#declare("type", texts.join(" | "));
  }

  #object(depth: number): string {
    const members = this.#random.some(MEMBERS, 1).map((name) => {
      const doc = this.#random.below(4) === 0 ? "/** Of <b> & {@link x} \\u0041 `code` @x. */\n" : "";
      return `${doc}${JSON.stringify(name)}${this.#random.of(["", "?"])}: ${this.any(depth - 1)}`;
    });
    return `{ ${members.join("; ")} }`;
  }

  #union(depth: number): string {
    const tags = this.#random.some(TEXTS, 2);
    const members = tags.map((text) => `{ kind: ${JSON.stringify(text)}; ${this.#object(depth).slice(1, -1)} }`);
    return this.#declare("type", members.join(" | "));
  }

  #declare(form: "interface" | "type", body: string): string {
    const name = `T${this.declared.length}`;
    this.declared.push(form === "interface" ? `interface ${name} ${body}` : `type ${name} = ${body};`);
    this.#objects.push(name);
    return name;
  }
}
