import { newHttpBatchRpcResponse } from "capnweb";
import { Allowance } from "../../src/allowance.js";
import { facade } from "../../src/facade.js";
import { Results } from "../../src/results.js";

const METHODS = new Map([
  ["hello", {}],
  ["types", {}],
  ["boom", {}],
  ["account", { returns: new Map([["profile", {}]]) }],
  ["secret", { returns: new Map([["open", {}]]) }],
]);

/** The facade without the check of the batch in front of it: what the check would miss must stop here. */
export default {
  fetch(request, env) {
    const results = new Results(new Allowance(1 << 20), new Set());
    return newHttpBatchRpcResponse(request, facade(env.ACCOUNTS, METHODS, results));
  },
};
