import assert from "node:assert/strict";
import { it } from "node:test";
import type { RpcTarget } from "capnweb";
import { call, problem, runs, targetAnswered } from "./support/proxy.js";
import { answerOf, batch, callOf, lines, served, session } from "./support/rpc.js";
import { onEachRuntime } from "./support/workerd.js";

interface Account extends RpcTarget {
  profile(): { name: string; tags: string[]; owner: { name: string } };
  balance(): { id: number; cents: bigint };
  fail(): void;
  sub(): Account;
}
interface Accounts extends RpcTarget {
  hello(name: string): string;
  echo(...values: unknown[]): unknown[];
  getUser(id: number): { id: number; name: string };
  noop(): void;
  boom(): void;
  account(id: number): Account;
}
interface Room extends RpcTarget {
  join(name: string): { name: string; members: number; room: string };
  fail(): void;
}

onEachRuntime("RPC by the official client", "rpc.capnp", (workerd) => {
  const api = () => session<Accounts>(workerd());

  it("a call", async () => {
    assert.equal(await api().hello("World"), "Hello World");
    assert.equal(await api().noop(), undefined);
  });

  it("several calls in one batch, one of which is rejected", async () => {
    const before = await runs(workerd(), "accounts");
    const main = api();
    const answers = await Promise.allSettled([main.hello("a"), main.boom(), main.getUser(5)]);
    const told = answers.map((answer) => (answer.status === "fulfilled" ? answer.value : String(answer.reason)));
    // The client makes a plain Error of a name that it does not know.
    assert.deepEqual(told, ["Hello a", "Error: boom", { id: 5, name: "user-5" }]);
    assert.equal(await runs(workerd(), "accounts"), before + 3);
  });

  it("values of every kind, there and back", async () => {
    const values = [null, true, 1.5, "caf\u00e9", 2n ** 70n, new Date(0), undefined, [[1], []], { a: { b: 1 } }, NaN];
    assert.deepEqual(await api().echo(...values), values);
    const [bytes] = await api().echo(new Uint8Array([1, 2, 255]));
    assert.deepEqual([...(bytes as Uint8Array)], [1, 2, 255]);
  });

  it("methods of a returned object, pipelined along the listed path", async () => {
    const main = api();
    const account = main.account(7);
    const answers = await Promise.all([
      account.profile(),
      account.balance(),
      account.profile().owner.name,
      account.sub().profile().name,
    ]);
    const profile = { name: "acct-7", tags: ["x", "y"], owner: { name: "ann" } };
    assert.deepEqual(answers, [profile, { id: 7, cents: 4200n }, "ann", "acct-7.1"]);
  });

  it("a result, and a property of one, as arguments of another call", async () => {
    const main = api();
    const user = main.getUser(5);
    assert.equal(await main.hello(user.name), "Hello user-5");
    const again = api();
    assert.deepEqual(await again.echo(again.getUser(1)), [{ id: 1, name: "user-1" }]);
  });

  it("an error of a returned object", async () => {
    await assert.rejects(async () => api().account(7).fail(), { name: "RangeError", message: "acct fail" });
  });

  it("a Durable Object", async () => {
    const room = (name: string) => session<Room>(workerd(), { target: "ROOMS", object: `name:${name}` });
    await room("room-1").join("bob");
    assert.deepEqual(await room("room-1").join("eve"), { name: "eve", members: 2, room: "room-1" });
    assert.deepEqual(await room("room-2").join("bob"), { name: "bob", members: 1, room: "room-2" });
    await assert.rejects(async () => room("room-1").fail(), { name: "RangeError", message: "room fail" });
  });
});

onEachRuntime("RPC, as it is on the wire", "rpc.capnp", (workerd) => {
  it("all results are data in the forms of Cap'n Web", async () => {
    assert.deepEqual(await answerOf(workerd(), "types"), [
      "resolve",
      1,
      {
        nul: null,
        yes: true,
        one: 1.5,
        nan: ["nan"],
        inf: ["-inf"],
        text: "caf\u00e9",
        big: ["bigint", "123456789012345678901234567890"],
        date: ["date", 1749342170815],
        bytes: ["bytes", "AQID"],
        buffer: ["bytes", "BA", "ArrayBuffer"],
        floats: ["bytes", "AADAPw", "Float32Array"],
        error: ["error", "TypeError", "te", null, { code: "E" }],
        list: [[1, [[2, ["undefined"]]]]],
        undef: ["undefined"],
      },
    ]);
  });

  it("arguments in every form that is data", async () => {
    const args = [["date", 5], ["date", null], ["bigint", "-10"], ["bytes", "AQ"], ["undefined"], ["nan"], ["inf"]];
    const more = [[[1, [[]]]], { a: [["export"]] }, ["bytes", "AADAPw", "Float32Array"], ["error", "TypeError", "te"]];
    assert.deepEqual(await answerOf(workerd(), "echo", ...args, ...more), ["resolve", 1, [[...args, ...more]]]);
  });

  it("of an error name, message and the listed properties pass, and none that looks like the proxy's", async () => {
    const properties = { code: "E_BOOM", details: { retryable: false } };
    assert.deepEqual(await answerOf(workerd(), "boom"), [
      "reject",
      1,
      ["error", "BoomError", "boom", null, properties],
    ]);
  });

  it("what is thrown and is not an Error arrives as one, with its message and the listed properties", async () => {
    const said = async (method: string) => ((await answerOf(workerd(), method)) as [string, number, unknown])[2];
    assert.deepEqual(await said("boomText"), ["error", "Error", "plain text"]);
    assert.deepEqual(await said("boomObject"), ["error", "Error", "The target threw a value that is not an Error."]);
    assert.deepEqual(await said("boomData"), ["error", "Error", "none left", null, { code: "E_STOCK" }]);
  });

  it("a listed method that the target lacks is a rejection, and so is a target that hangs", async () => {
    assert.match(JSON.stringify(await answerOf(workerd(), "missing")), /reject.*does not implement the method/);
    assert.match(JSON.stringify(await answerOf(workerd(), "never")), /reject.*had hung/);
  });

  it("a returned object that nothing is called on answers an id", async () => {
    assert.deepEqual(await answerOf(workerd(), "account", 7), ["resolve", 1, ["export", -1]]);
  });

  it("an item of a list, by its number", async () => {
    const account = ["push", ["pipeline", 0, ["account"], [7]]];
    const profile = ["push", ["pipeline", 1, ["profile"], []]];
    const body = lines(account, profile, ["push", ["pipeline", 2, ["tags", 1]]], ["pull", 3]);
    assert.deepEqual(await served(workerd(), body), [["resolve", 3, "y"]]);
  });

  it("a method that may return an object may return data", async () => {
    assert.deepEqual(await answerOf(workerd(), "account", 0), ["resolve", 1, null]);
  });

  it("releases, lines that end with CR LF, and a batch at its limits", async () => {
    const [push, pull] = callOf("hello", "x").split("\n");
    assert.deepEqual(await served(workerd(), `${push}\r\n${pull}\n["release",1,1]`), [["resolve", 1, "Hello x"]]);
    const pushes = Array.from({ length: 64 }, () => ["push", ["pipeline", 0, ["hello"], ["x"]]]);
    const pulls = pushes.map((_, i) => ["pull", i + 1]);
    assert.equal((await served(workerd(), lines(...pushes, ...pulls))).length, 64);
  });

  it("the answer for a Durable Object says which it was", async () => {
    const answer = await batch(workerd(), callOf("join", "x"), { target: "ROOMS", object: "name:room-9" });
    assert.match(targetAnswered(answer).headers["binding-proxy-object"] ?? "", /^id:[0-9a-f]{64}$/);
  });

  it("send of a queue", async () => {
    const before = await runs(workerd(), "mocks");
    const [answer] = await served(workerd(), callOf("send", { order: 1 }), { target: "JOBS" });
    assert.equal((answer as unknown[])[0], "resolve", JSON.stringify(answer));
    assert.equal(await runs(workerd(), "mocks"), before + 1);
  });

  it("run of Workers AI, where the result is data", async () => {
    const run = (...args: unknown[]) => served(workerd(), callOf("run", "@cf/model", ...args), { target: "AI" });
    assert.deepEqual(await run({ prompt: "hi" }), [["resolve", 1, { response: "an answer" }]]);
    assert.match(JSON.stringify(await run({ prompt: "hi" }, { returnRawResponse: true })), /RESULT_NOT_DATA/);
  });

  it("fetch on a queue or on Workers AI is refused", async () => {
    for (const target of ["JOBS", "AI"]) {
      const { detail } = problem(await call(workerd(), { target }), "BAD_REQUEST", 500, "not-dispatched");
      assert.match(detail, /has no fetch: call it by rpc/);
    }
  });

  it("diagnose knows queues and Workers AI", async () => {
    for (const [target, kind, className] of [
      ["JOBS", "queue", "WorkerQueue"],
      ["AI", "ai", "Ai"],
    ] as const) {
      const { text } = await call(workerd(), { op: "diagnose", target });
      const [report] = (JSON.parse(text) as { bindings: [Record<string, unknown>] }).bindings;
      const { exists, expected, fetchCallable, fix } = report;
      assert.deepEqual([report["kind"], expected, report["className"]], [kind, kind, className]);
      assert.deepEqual([exists, fetchCallable, fix], [true, false, ""]);
    }
  });
});
