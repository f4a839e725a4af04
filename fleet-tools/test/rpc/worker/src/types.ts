/** What a customer ordered. */
export interface Order {
  /** As `ORD-7`. */
  id: string;
  status: Status;
  lines: readonly Line[];
  placed: Date;
  /** Of the whole order, in cents. */
  total: bigint;
  /** Free text of the customer; `null` if there is none. */
  note: string | null;
  coupon?: string;
  /** @int */
  priority?: number;
}

export interface Line {
  sku: string;
  /** @int */
  quantity: number;
  price: number;
  tags: string[];
}

/** Where an order is. */
export enum Status {
  Open = "open",
  Paid = "paid",
  /** It can't be changed any more. */
  Shipped = "shipped!",
}

export enum Priority {
  Low,
  Normal,
  High = 10,
}

/** How an order is paid. */
export type Payment =
  | { kind: "card"; number: string; valid: Date }
  | {
      kind: "invoice";
      /** @int */
      days: number;
      address?: Address;
    }
  | { kind: "voucher" };

export interface Address {
  street: string;
  city: string;
  zip: string | undefined;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

/** Members with names that Java has other plans for. */
export interface Odd {
  class: string;
  hashCode: number;
  "content-type": string;
  isOpen: boolean;
  getName: string;
  URL: string;
  $ref: string;
  "1st": string;
}

export interface Tree {
  name: string;
  children: Tree[];
}

export type Result = { ok: true; value: number } | { ok: false; error: string };

export type Status3 = 200 | 404;

export interface Photo {
  name: string;
  content: Uint8Array;
  thumbnail?: Uint8Array;
}

export type Round = { shape: "circle"; radius: number } | { shape: "ellipse"; radii: [number, number] };

export type Shape = Round | { shape: "group"; shapes: Shape[]; named: Record<string, Shape | null> };

/** Of which there is one version. */
export interface Envelope {
  version: 2;
  text: string;
}
