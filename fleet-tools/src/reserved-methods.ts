/** Methods that the runtime alone calls, or that no call by RPC reaches. */
export const RESERVED_METHODS: ReadonlySet<string> = new Set(
  (
    "alarm connect constructor dup email fetch queue scheduled tail tailStream test then trace " +
    "webSocketClose webSocketError webSocketMessage"
  ).split(" "),
);
