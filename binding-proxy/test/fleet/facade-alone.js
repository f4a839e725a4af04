import { newHttpBatchRpcResponse } from "capnweb";
import { Allowance } from "../../src/allowance.js";
import { facade } from "../../src/facade.js";
import { Results } from "../../src/results.js";

const METHODS = new Map([
  ["hello", undefined],
  ["types", undefined],
  ["boom", undefined],
  ["account", new Map([["profile", undefined]])],
  ["secret", new Map([["open", undefined]])],
]);

/** The facade without the check of the batch in front of it: what the check would miss must stop here. */
export default {
  fetch(request, env) {
    const results = new Results(new Allowance(1 << 20), new Set());
    return newHttpBatchRpcResponse(request, facade(env.ACCOUNTS, METHODS, results));
  },
};
