# For npm run measure: the proxy beside a Worker that does nothing but pass a request on, or call a method of the target.
using Workerd = import "/workerd/workerd.capnp";
using Fleet = import "fleet.capnp";

const config :Workerd.Config = (
  services = [
    (name = "behaves", worker = Fleet.behaves),
    (name = "accounts", worker = .accounts),
    (name = "nowhere", network = (allow = [])),
    (name = "bare", worker = .bare),
    (name = "bare-rpc", worker = .bareRpc),
    (name = "proxy", worker = .proxy),
  ],
  sockets = [
    (name = "direct-behaves", address = "127.0.0.1:0", service = "behaves"),
    (name = "bare", address = "127.0.0.1:0", service = "bare"),
    (name = "bare-rpc", address = "127.0.0.1:0", service = "bare-rpc"),
    (name = "proxy", address = "127.0.0.1:0", service = "proxy"),
  ],
);

const bare :Workerd.Worker = (
  modules = [(name = "bare.js", esModule =
    `export default { fetch: (request, env) => env.BEHAVES.fetch(request) };
  )],
  compatibilityDate = Fleet.compatibilityDate,
  bindings = [(name = "BEHAVES", service = "behaves")],
);

const bareRpc :Workerd.Worker = (
  modules = [(name = "bare-rpc.js", esModule =
    `export default {
    `  async fetch(request, env) {
    `    await request.text();
    `    return new Response(await env.ACCOUNTS.hello("you"));
    `  }
    `};
  )],
  compatibilityDate = Fleet.compatibilityDate,
  bindings = [(name = "ACCOUNTS", service = "accounts")],
);

const accounts :Workerd.Worker = (
  modules = [(name = "accounts.js", esModule = embed "accounts.js"), Fleet.runs],
  compatibilityDate = Fleet.compatibilityDate,
  durableObjectNamespaces = [(className = "Room", uniqueKey = "rooms")],
  durableObjectStorage = (inMemory = void),
  globalOutbound = "nowhere",
);

const proxy :Workerd.Worker = (
  modules = Fleet.proxyCode,
  compatibilityDate = Fleet.compatibilityDate,
  bindings = [
    (name = "BINDINGS", json =
      `{
      `  "BEHAVES": { "kind": "service" },
      `  "ACCOUNTS": {
      `    "kind": "service",
      `    "methods": {
      `      "hello": {},
      `      "account": { "returns": { "sub": { "returns": { "profile": {} } } } }
      `    }
      `  }
      `}
    ),
    (name = "PROXY_TOKEN", text = "fleet-token-0123456789-0123456789-abcdef"),
    (name = "BEHAVES", service = "behaves"),
    (name = "ACCOUNTS", service = "accounts"),
  ],
);
