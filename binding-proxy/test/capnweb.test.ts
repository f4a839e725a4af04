import assert from "node:assert/strict";
import { it } from "node:test";
import { newHttpBatchRpcSession, RpcTarget } from "capnweb";
import { send } from "./support/http.js";
import { onEachRuntime } from "./support/workerd.js";

interface User extends RpcTarget {
  getUser(id: number): { id: number; name: string };
}
interface Api extends RpcTarget {
  hello(name: string): string;
  auth(token: string): User;
  boom(): void;
}

// The Java client's interop tests call these Workers: that they serve what it expects is shown with the official client.
onEachRuntime("A Worker that serves Cap'n Web itself", "rpc.capnp", (workerd) => {
  for (const socket of ["direct-capnweb", "direct-capnweb-oldest"]) {
    const batch = () => newHttpBatchRpcSession<Api>(`http://127.0.0.1:${workerd().port(socket)}/api`);

    it(`${socket} answers a call, and calls on its result in one batch`, async () => {
      assert.equal(await batch().hello("World"), "Hello World");
      assert.equal(await batch().auth("t0k").getUser(5).name, "user-5");
    });

    it(`${socket} rejects with name, message and properties`, async () => {
      await assert.rejects(async () => batch().boom(), { name: "TypeError", message: "kaboom" });
    });

    it(`${socket} answers all values`, async () => {
      const body = '["push",["pipeline",0,["types"],[]]]\n["pull",1]';
      const { text } = await send(workerd().port(socket), "/api", { method: "POST", body });
      assert.equal(
        text,
        '["resolve",1,{"d":["date",1749342170815],"bad":["date",null],"big":["bigint","123456789012345678901234567890"],"bytes":["bytes","AQID"],"u":["undefined"],"nan":["nan"],"inf":["inf"],"ninf":["-inf"],"nul":null,"arr":[[1,[[2,3]]]],"neg0":0,"err":["error","TypeError","te"]}]',
      );
    });
  }
});
