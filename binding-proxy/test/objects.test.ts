import assert from "node:assert/strict";
import { it } from "node:test";
import { call, problem, targetAnswered } from "./support/proxy.js";
import { onEachRuntime, type Workerd } from "./support/workerd.js";

interface Room {
  readonly id: string;
  readonly name: string | null;
  readonly visits: number;
}

async function visit(workerd: Workerd, target: string, object: string): Promise<Room> {
  const answer = targetAnswered(await call(workerd, { target, object, method: "POST", body: "x" }));
  const room = JSON.parse(answer.text) as Room;
  assert.equal(answer.headers["binding-proxy-object"], `id:${room.id}`);
  return room;
}

onEachRuntime("Durable Objects", "fleet.capnp", (workerd) => {
  it("one name is one object, another name another", async () => {
    const first = await visit(workerd(), "ROOMS", "name:room-1");
    const again = await visit(workerd(), "ROOMS", "name:room-1");
    const other = await visit(workerd(), "ROOMS", "name:room-2");
    assert.deepEqual([again.id, again.visits], [first.id, first.visits + 1]);
    assert.notEqual(other.id, first.id);
  });

  it("a name is percent-decoded", async () => {
    const plain = await visit(workerd(), "ROOMS", "name:caf%C3%A9%2C%20a%2Fb%3A1");
    assert.equal(plain.name, "caf\u00e9, a/b:1");
  });

  it("the id that came back reaches the same object", async () => {
    const { id, visits } = await visit(workerd(), "ROOMS", "name:by-id");
    assert.deepEqual((await visit(workerd(), "ROOMS", `id:${id}`)).visits, visits + 1);
    assert.equal((await visit(workerd(), "ROOMS", `id:${id.toUpperCase()}`)).id, id);
  });

  it("unique is a new object every time, and reached again by its id", async () => {
    const first = await visit(workerd(), "UNIQUE_ROOMS", "unique");
    const second = await visit(workerd(), "UNIQUE_ROOMS", "unique");
    assert.notEqual(first.id, second.id);
    assert.equal((await visit(workerd(), "UNIQUE_ROOMS", `id:${first.id}`)).visits, 2);
  });

  it("a name with the configured prefix is the object of that very name", async () => {
    const { name } = await visit(workerd(), "PREFIXED_ROOMS", "name:room-7");
    assert.equal(name, "room-7");
  });

  for (const [title, target, object, code, status] of [
    ["a name without the configured prefix", "PREFIXED_ROOMS", "name:hall-7", "FORBIDDEN", 403],
    ["an id where a prefix is configured", "PREFIXED_ROOMS", `id:${"0".repeat(64)}`, "FORBIDDEN", 403],
    ["unique where it is not configured", "ROOMS", "unique", "FORBIDDEN", 403],
    ["an id of another namespace", "ROOMS", `id:${"0".repeat(64)}`, "OBJECT_ID_INVALID", 500],
    ["an id that is too short", "ROOMS", "id:abc", "OBJECT_ID_INVALID", 500],
    ["an id that is not hexadecimal", "ROOMS", `id:${"g".repeat(64)}`, "OBJECT_ID_INVALID", 500],
    ["an empty name", "ROOMS", "name:", "BAD_REQUEST", 500],
    ["a name over 512 bytes", "ROOMS", `name:${"a".repeat(513)}`, "BAD_REQUEST", 500],
    ["a name that is not percent-encoded UTF-8", "ROOMS", "name:%ff", "BAD_REQUEST", 500],
    ["a form that does not exist", "ROOMS", "key:1", "BAD_REQUEST", 500],
    ["an object for a service", "BEHAVES", "name:room-7", "BAD_REQUEST", 500],
  ] as const) {
    it(`${title}: ${code}`, async () => {
      problem(await call(workerd(), { target, object }), code, status, "not-dispatched");
    });
  }

  it("a name of exactly 512 bytes is taken", async () => {
    assert.equal((await visit(workerd(), "ROOMS", `name:${"a".repeat(512)}`)).name?.length, 512);
  });

  it("a failure of an object says which object", async () => {
    const { id } = await visit(workerd(), "ROOMS", "name:failing");
    const answer = await call(workerd(), { target: "ROOMS", object: "name:failing", path: "/throw" });
    problem(answer, "TARGET_THREW", 500, "dispatch-threw");
    assert.equal(answer.headers["binding-proxy-object"], `id:${id}`);
  });
});
