import { RpcSession, type RpcTarget, type RpcTransport } from "capnweb";

/** The answer of the Cap'n Web library itself to the lines of a batch. */
export async function answerOfLibrary(lines: readonly string[], main: RpcTarget): Promise<readonly string[]> {
  const incoming = lines[Symbol.iterator]();
  const outgoing: string[] = [];
  const { promise: read, resolve, reject } = Promise.withResolvers<void>();
  const transport: RpcTransport = {
    receive() {
      const { done, value } = incoming.next();
      if (!done) return Promise.resolve(value);
      resolve();
      return new Promise(() => {});
    },
    send: (line) => void outgoing.push(line),
    abort: reject,
  };
  const session = new RpcSession(transport, main);
  await read;
  await session.drain();
  return outgoing;
}
