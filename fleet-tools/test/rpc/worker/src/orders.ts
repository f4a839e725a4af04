import { WorkerEntrypoint, RpcTarget } from "cloudflare:workers";
import type { Room } from "./rooms.js";
import { Priority, Status } from "./types.js";
import type {
  Address,
  Envelope,
  Line,
  Odd,
  Order,
  Page,
  Payment,
  Photo,
  Result,
  Round,
  Shape,
  Status3,
  Tree,
} from "./types.js";

type OrderSummary = Pick<Order, "id" | "status">;
type Patch = Partial<Pick<Order, "note" | "coupon">> & { id: string };
type OrderId = string & { readonly __brand: "OrderId" };

interface Env {
  ROOMS: DurableObjectNamespace<Room>;
}

/** What all entrypoints have. */
class Base extends WorkerEntrypoint<Env> {
  /** Says that it is there. */
  ping() {
    return "pong";
  }
}

/** A basket, which lives as long as the calls on it. */
class Cart extends RpcTarget {
  #lines: Line[] = [];

  constructor(readonly owner: string) {
    super();
  }

  /** Puts something in and returns how many there are then. */
  add(line: Line): number {
    this.#lines.push(line);
    return this.#lines.length;
  }

  async total() {
    return { owner: this.owner, price: this.#lines.reduce((sum, line) => sum + line.price, 0) };
  }

  get size(): number {
    return this.#lines.length;
  }

  child(name: string): Cart {
    return new Cart(`${this.owner}/${name}`);
  }
}

/**
 * Orders: `place` them & find them.
 *
 * Not for <customers>. Ends with a star and a slash: *\/ {@link Order} \user.
 */
export class Orders extends Base {
  /**
   * Finds an order.
   *
   * @param id as `ORD-7`
   * @returns the order; undefined if there is none
   * @idempotent
   */
  async find(id: string): Promise<Order | undefined> {
    return id === "none" ? undefined : order(id);
  }

  /** Answers what it was asked. */
  echo(order: Order): Order {
    return order;
  }

  summary(id: string): OrderSummary {
    return { id, status: Status.Paid };
  }

  patch(patch: Patch): Patch {
    return patch;
  }

  /** @int limit */
  list(query: string, limit = 10, { newest = true, status }: { newest?: boolean; status?: Status } = {}) {
    return { query, limit, newest, status: status ?? null };
  }

  page(cursor: string | null): Promise<Page<OrderSummary>> {
    return Promise.resolve({ items: [this.summary("a")], next: cursor });
  }

  pay(payment: Payment): Payment {
    return payment;
  }

  payAll(payments: Payment[]): Payment[] {
    return payments;
  }

  kinds(payments: Payment[]): string[] {
    return payments.map((payment) => payment.kind);
  }

  card(card: Extract<Payment, { kind: "card" }>) {
    return card;
  }

  group(round: Round): Shape {
    return { shape: "group", shapes: [round], named: { first: round, none: null } };
  }

  round(shape: Shape): Round | null {
    return shape.shape === "group" ? null : shape;
  }

  envelope(envelope: Envelope): Envelope {
    return { ...envelope, text: `${envelope.text} ${envelope.version}` };
  }

  tryIt(value: number): Result {
    return value < 0 ? { ok: false, error: "negative" } : { ok: true, value };
  }

  status(status: "open" | "re-opened" | "" | "2nd" | undefined) {
    return status ?? null;
  }

  statusCode(code: number): Status3 {
    return code === 200 ? 200 : 404;
  }

  next(priority: Priority): Priority {
    return priority === Priority.Low ? Priority.Normal : Priority.High;
  }

  /** @long */
  count(/** @int */ by: number, ...numbers: number[]): number {
    return numbers.length * by;
  }

  bytes(value: Uint8Array): Uint8Array {
    return value.toReversed();
  }

  photo(photo: Photo): Photo {
    return { ...photo, content: photo.content.toReversed() };
  }

  async buffer(): Promise<ArrayBuffer> {
    return new Uint8Array([1, 2, 3]).buffer;
  }

  when(date: Date, days: number): Date {
    return new Date(date.getTime() + days * 86_400_000);
  }

  big(value: bigint): bigint {
    return value * value;
  }

  flags(a: boolean, b: boolean | null) {
    return [a, b];
  }

  byId(ids: OrderId[]): Record<string, OrderSummary> {
    return Object.fromEntries(ids.map((id) => [id, this.summary(id)]));
  }

  counts(): { [status: string]: number | null } {
    return { open: 1.5, paid: null };
  }

  corner(): [number, number] {
    return [1, 2];
  }

  anything(value: unknown): unknown {
    return value;
  }

  odd(odd: Odd): Odd {
    return odd;
  }

  tree(tree: Tree): Tree {
    return { name: "root", children: [tree] };
  }

  address(address: Address): string {
    return `${address.street}, ${"zip" in address ? address.zip : "no zip"}`;
  }

  /** Which of the arguments was there; the one in the middle may be undefined. */
  middle(first: string, middle: number | undefined, last: string) {
    return `${first} ${typeof middle} ${last}`;
  }

  /** Opens a basket. */
  cart(owner: string) {
    return new Cart(owner);
  }

  /** A Java keyword. */
  new(): void {}

  hashCode() {
    return "of JavaScript";
  }

  "with-dash"(value: string) {
    return value;
  }

  /** @deprecated Use `find`. */
  get(id: string): Promise<string>;
  get(id: string, part: number): Promise<string>;
  async get(id: string, part?: number) {
    return part === undefined ? id : `${id}.${part}`;
  }

  // What follows can't be called from Java.

  tags(): Set<string> {
    return new Set();
  }

  async download(): Promise<{ name: string; body: ReadableStream }> {
    throw new Error("unreachable");
  }

  either(value: string | number) {
    return value;
  }

  generic<T>(value: T): T {
    return value;
  }

  anyOf(value: any) {
    return value;
  }

  callback(listener: (event: string) => void) {
    listener("x");
  }

  pair(): [string, number] {
    return ["a", 1];
  }

  missing(): Promise<NotThere> {
    throw new Error("unreachable");
  }

  error(): Error {
    return new Error("x");
  }

  room(name: string) {
    return this.env.ROOMS.getByName(name);
  }

  carts(): Cart[] {
    return [];
  }

  upload(data: { content: ArrayBuffer }) {
    return data.content.byteLength;
  }

  lost(): { constructor: string } {
    return { constructor: "x" };
  }

  field = () => "a function";

  override async fetch() {
    return new Response("orders");
  }

  protected guarded() {}
  private hidden() {}
  #secret() {}
  static helper() {}
}

function order(id: string): Order {
  return {
    id,
    status: Status.Shipped,
    lines: [{ sku: "A", quantity: 2, price: 1.5, tags: ["new"] }],
    placed: new Date(1_700_000_000_000),
    total: 12345678901234567890n,
    note: null,
  };
}
