import assert from "node:assert/strict";
import { it } from "node:test";
import type { RpcTarget } from "capnweb";
import { runs } from "./support/proxy.js";
import { call, callOn, clients, sessionOf, WireSession } from "./support/rpc-session.js";
import { onEachRuntime } from "./support/workerd.js";

interface Account extends RpcTarget {
  profile(): { name: string; tags: string[]; owner: { name: string } };
  sub(): Account;
  fail(): void;
}
interface Accounts extends RpcTarget {
  hello(name: string): string;
  echo(...values: unknown[]): unknown[];
  getUser(id: number): { id: number; name: string };
  boom(): void;
  account(id: number): Account;
  slow(millis: number): string;
}

onEachRuntime("An RPC session by the official client", "rpc.capnp", (workerd) => {
  it("calls, one after the other and at the same time", async () => {
    const { main, end } = await sessionOf<Accounts>(workerd());
    assert.equal(await main.hello("a"), "Hello a");
    assert.equal(await main.hello("b"), "Hello b");
    const slow = main.slow(50);
    assert.equal(await main.hello("c"), "Hello c", "a slow call holds nobody up");
    assert.equal(await slow, "slow50");
    end();
  });

  it("a call that throws ends nothing but itself", async () => {
    const { main, end } = await sessionOf<Accounts>(workerd());
    await assert.rejects(async () => main.boom(), { message: "boom" });
    assert.equal(await main.hello("a"), "Hello a");
    end();
  });

  for (const [name, client] of Object.entries(clients)) {
    it(`a returned object lives until it is released, by ${name}`, async () => {
      const { main, end } = await sessionOf<Accounts>(workerd(), client);
      const account = await main.account(7);
      assert.equal((await account.profile()).name, "acct-7");
      assert.equal((await account.sub().profile()).name, "acct-7.1", "pipelined");
      await assert.rejects(async () => account.fail(), { name: "RangeError", message: "acct fail" });
      account[Symbol.dispose]();
      await assert.rejects(async () => account.profile(), /disposed/);
      assert.equal(await main.hello("a"), "Hello a");
      end();
    });
  }

  it("a result, and a property of one, as arguments", async () => {
    const { main, end } = await sessionOf<Accounts>(workerd());
    assert.equal(await main.hello(main.getUser(5).name), "Hello user-5");
    assert.deepEqual(await main.echo(main.getUser(1)), [{ id: 1, name: "user-1" }]);
    end();
  });

  it("values of every kind, there and back", async () => {
    const { main, end } = await sessionOf<Accounts>(workerd());
    const values = [null, true, 1.5, "caf\u00e9", 2n ** 70n, new Date(0), undefined, [[1], []], { a: { b: 1 } }, NaN];
    assert.deepEqual(await main.echo(...values), values);
    end();
  });

  it("a function, as an argument, rejects its call alone", async () => {
    const { main, end } = await sessionOf<Accounts>(workerd());
    await assert.rejects(async () => main.echo(() => 1), { bindingProxyCode: "BAD_REQUEST" });
    assert.equal(await main.hello("a"), "Hello a");
    end();
  });

  it("500 calls, 32 at a time, whose results are all released", async () => {
    const before = await runs(workerd(), "accounts");
    const { main, session, end } = await sessionOf<Accounts>(workerd());
    let next = 0;
    const worker = async () => {
      while (next < 500) {
        const name = `n${next++}`;
        assert.equal(await main.hello(name), `Hello ${name}`);
      }
    };
    await Promise.all(Array.from({ length: 32 }, worker));
    assert.equal(await runs(workerd(), "accounts"), before + 500);
    assert.deepEqual(session.getStats(), { imports: 1, exports: 1 });
    end();
  });
});

onEachRuntime("An RPC session, as it is on the wire", "rpc.capnp", (workerd) => {
  it("the answer to the upgrade tells how many calls and results there may be", async () => {
    const session = await WireSession.open(workerd());
    assert.equal(
      session.webSocket.answer.headers["binding-proxy-session"],
      "calls-in-flight=64; exports=1024; message-characters=1048576; argument-characters=4194304",
    );
    session.end();
  });

  it("a Durable Object, which the answer to the upgrade tells", async () => {
    const session = await WireSession.open(workerd(), { target: "ROOMS", object: "name:room-s" });
    assert.match(session.webSocket.answer.headers["binding-proxy-object"] as string, /^id:[0-9a-f]{64}$/);
    assert.deepEqual(await session.send(call("join", "a"), ["pull", 1]).next(), [
      "resolve",
      1,
      { name: "a", members: 1, room: "room-s" },
    ]);
    session.end();
  });

  it("a Durable Object that was reset is called anew", async () => {
    const session = await WireSession.open(workerd(), { target: "ROOMS", object: "name:room-r" });
    session.send(call("join", "a"), call("reset"), ["pull", 2]);
    assert.match(JSON.stringify(await session.next()), /^\["reject",2,.*room reset/);
    const joined = { name: "b", members: 1, room: "room-r" };
    assert.deepEqual(await session.send(call("join", "b"), ["pull", 3]).next(), ["resolve", 3, joined]);
    session.end();
  });

  it("an object has an id of its own, which outlives the call's", async () => {
    const session = await WireSession.open(workerd());
    session.send(call("account", 7), ["pull", 1]);
    assert.deepEqual(await session.next(), ["resolve", 1, ["export", -1]]);
    session.send(["release", 1, 1], callOn(-1, "balance"), ["pull", 2]);
    assert.deepEqual(await session.next(), ["resolve", 2, { id: 7, cents: ["bigint", "4200"] }]);
    session.send(["release", -1, 1], callOn(-1, "balance"), ["pull", 3]);
    assert.match(JSON.stringify(await session.next()), /^\["reject",3,.*that no earlier one has pushed/);
    session.end();
  });

  it("a call on an object runs, though the object is released before it could", async () => {
    const session = await WireSession.open(workerd());
    session.send(
      call("slow", 50),
      call("account", ["pipeline", 1]),
      callOn(2, "profile"),
      ["release", 2, 1],
      ["pull", 3],
    );
    assert.match(JSON.stringify(await session.next()), /^\["resolve",3,\{"name":"acct-slow50"/);
    session.end();
  });

  it("what is released before its result is there is not told", async () => {
    const session = await WireSession.open(workerd());
    session.send(call("slow", 30), ["pull", 1], ["release", 1, 1], call("slow", 60), ["pull", 2]);
    assert.deepEqual(await session.next(), ["resolve", 2, "slow60"]);
    session.end();
  });

  it("an error passes with its name, its message and the listed properties", async () => {
    const session = await WireSession.open(workerd());
    const properties = { code: "E_BOOM", details: { retryable: false } };
    assert.deepEqual(await session.send(call("boom"), ["pull", 1]).next(), [
      "reject",
      1,
      ["error", "BoomError", "boom", null, properties],
    ]);
    session.end();
  });

  it("a target that hangs rejects its call alone", async () => {
    const session = await WireSession.open(workerd());
    session.send(call("never"), ["pull", 1], call("hello", "x"), ["pull", 2]);
    const [never, hello] = await session.answers(2);
    assert.match(JSON.stringify(never), /^\["reject",1,.*"bindingProxyCode":"TARGET_HUNG"/);
    assert.deepEqual(hello, ["resolve", 2, "Hello x"]);
    session.end();
  });

  it("the caller's close is answered, and so is its abort", async () => {
    const session = await WireSession.open(workerd());
    session.webSocket.close(3000, "enough");
    assert.deepEqual(await session.webSocket.next(), { code: 3000, reason: "enough" });
    const other = await WireSession.open(workerd());
    other.send(["abort", ["error", "Error", "enough"]]);
    assert.deepEqual(await other.webSocket.next(), { code: 1000, reason: "The caller ended the session." });
  });
});
