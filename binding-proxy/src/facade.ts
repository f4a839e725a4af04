import { RpcStub, RpcTarget } from "cloudflare:workers";
import type { RemoteObject } from "./method-call.js";
import type { Methods } from "./config-methods.js";
import { LONGEST_MESSAGE } from "./failure.js";
import { NotData } from "./plain-data.js";
import type { ResultReader } from "./results.js";
import { codeOfCall, detailOf } from "./runtime-texts.js";
import { proxyError } from "./safe-error.js";

type Stub = Record<string, (...args: unknown[]) => unknown>;

type Facade = RpcTarget & RemoteObject;
type FacadeType = new (stub: object, results: ResultReader) => Facade;

const types = new WeakMap<Methods, FacadeType>();

/** An object whose only members are the listed methods. The stub behind it is in no property, so nothing can reach it. */
export function facade(stub: object, methods: Methods, results: ResultReader): Facade {
  let type = types.get(methods);
  if (type === undefined) types.set(methods, (type = facadeType(methods)));
  return new type(stub, results);
}

/** No other objects that can be called come out of a call: all else is copied as data. */
export function isFacade(value: unknown): value is Facade {
  return value instanceof RpcTarget;
}

/** Made once for a list of methods: a class of its own for each batch would keep the runtime from optimising any. */
function facadeType(methods: Methods): FacadeType {
  class FacadeOfMethods extends RpcTarget {
    readonly #stub: object;
    readonly #results: ResultReader;

    constructor(stub: object, results: ResultReader) {
      super();
      this.#stub = stub;
      this.#results = results;
    }

    static {
      for (const [name, { returns }] of methods) {
        const value = function (this: FacadeOfMethods, ...args: unknown[]) {
          return call(this.#stub as Stub, name, args, returns, this.#results);
        };
        Object.defineProperty(FacadeOfMethods.prototype, name, { value });
      }
    }

    /** A returned object is let go with its facade; a binding is not ours to let go. */
    [Symbol.dispose](): void {
      if (isStub(this.#stub)) dispose(this.#stub);
    }
  }
  return FacadeOfMethods as unknown as FacadeType;
}

async function call(stub: Stub, name: string, args: unknown[], returned: Methods | undefined, results: ResultReader) {
  let result: unknown;
  try {
    result = await stub[name]!(...args);
  } catch (error) {
    const code = codeOfCall(error);
    if (code === undefined) throw results.thrown(error);
    const says = results.thrown(error).message.slice(0, LONGEST_MESSAGE);
    throw proxyError(code, `${detailOf(code, error)} The runtime says: ${says}`);
  }
  if (returned !== undefined && isStub(result)) return facade(result, returned, results);
  try {
    return results.data(result);
  } catch (error) {
    if (!(error instanceof NotData)) throw error;
    throw proxyError("RESULT_NOT_DATA", `The method ${name} ran, and its result is not plain data: ${error.message}.`);
  } finally {
    dispose(result);
  }
}

/** By its prototype alone: a stub answers every property name. */
function isStub(value: unknown): value is object {
  return (
    value !== null &&
    (typeof value === "object" || typeof value === "function") &&
    Object.getPrototypeOf(value) === (RpcStub as { prototype: unknown }).prototype
  );
}

/** Lets go of the stubs that a result brought with it. */
function dispose(value: unknown): void {
  if (value !== null && (typeof value === "object" || typeof value === "function") && Symbol.dispose in value) {
    (value as Disposable)[Symbol.dispose]();
  }
}
