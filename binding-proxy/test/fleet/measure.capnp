# For npm run measure: the proxy beside a Worker that does nothing but pass a request on, and one that serves Cap'n Web
# itself.
using Workerd = import "/workerd/workerd.capnp";
using Fleet = import "fleet.capnp";

const config :Workerd.Config = (
  services = [
    (name = "behaves", worker = Fleet.behaves),
    (name = "accounts", worker = .accounts),
    (name = "nowhere", network = (allow = [])),
    (name = "bare", worker = .bare),
    (name = "capnweb", worker = .capnweb),
    (name = "proxy", worker = .proxy),
  ],
  sockets = [
    (name = "direct-behaves", address = "127.0.0.1:0", service = "behaves"),
    (name = "bare", address = "127.0.0.1:0", service = "bare"),
    (name = "capnweb", address = "127.0.0.1:0", service = "capnweb"),
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

const capnweb :Workerd.Worker = (
  modules = [
    (name = "serves.js", esModule =
      `import { newWorkersRpcResponse, RpcTarget } from "capnweb";
      `class Api extends RpcTarget {
      `  #accounts;
      `  constructor(accounts) {
      `    super();
      `    this.#accounts = accounts;
      `  }
      `  hello(name) {
      `    return this.#accounts.hello(name);
      `  }
      `}
      `export default { fetch: (request, env) => newWorkersRpcResponse(request, new Api(env.ACCOUNTS)) };
    ),
    (name = "capnweb", esModule = embed "../../node_modules/capnweb/dist/index-workers.js"),
  ],
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
