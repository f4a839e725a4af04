# The proxy's RPC operation beside its targets, and Workers that serve Cap'n Web themselves, by the oldest and the newest
# library that callers are likely to meet:
#   npm run build && npx workerd serve --control-fd=1 test/fleet/rpc.capnp
using Workerd = import "/workerd/workerd.capnp";
using Fleet = import "fleet.capnp";

const config :Workerd.Config = (
  services = [
    (name = "proxy", worker = .proxy),
    (name = "bare", worker = .bare),
    (name = "accounts", worker = .accounts),
    (name = "mocks", worker = .mocks),
    (name = "capnweb", worker = .capnwebNewest),
    (name = "capnweb-oldest", worker = .capnwebOldest),
    (name = "nowhere", network = (allow = [])),
  ],
  sockets = [
    (name = "proxy", address = "127.0.0.1:0", service = "proxy"),
    (name = "bare", address = "127.0.0.1:0", service = "bare"),
    (name = "direct-accounts", address = "127.0.0.1:0", service = "accounts", http = (capnpConnectHost = Fleet.rpcHost)),
    (name = "direct-mocks", address = "127.0.0.1:0", service = "mocks"),
    (name = "direct-capnweb", address = "127.0.0.1:0", service = "capnweb"),
    (name = "direct-capnweb-oldest", address = "127.0.0.1:0", service = "capnweb-oldest"),
  ],
);

const bindingsJson :Text =
  `{
  `  "ACCOUNTS": {
  `    "kind": "service",
  `    "errorProperties": ["code", "details", "absent"],
  `    "methods": {
  `      "hello": {}, "echo": {}, "getUser": {}, "noop": {}, "types": {}, "boom": {}, "boomText": {}, "boomObject": {}, "boomData": {},
  `      "slow": {}, "never": {}, "unlistedReturns": {}, "aFunction": {}, "nestedFunction": {},
  `      "nestedObject": {}, "aMap": {}, "aSet": {}, "aRegExp": {}, "aResponse": {}, "aRequest": {}, "headers": {},
  `      "stream": {}, "cycle": {}, "deep": {}, "bomb": {}, "large": {}, "largeOf": {}, "largeError": {}, "bigintOf": {}, "atOnce": {}, "slowLarge": {}, "hiddenInError": {}, "proto": {}, "missing": {},
  `      "ticks": {}, "visit": { "callbacks": true }, "keep": { "callbacks": true },
  `      "listen": { "callbacks": ["onProgress"] }, "attend": { "callbacks": ["onProgress"] }, "ticking": { "returns": { "profile": {} } },
  `      "secret": { "returns": { "open": {} } },
  `      "account": {
  `        "returns": { "profile": {}, "balance": {}, "fail": {}, "sub": { "returns": { "profile": {} } } }
  `      }
  `    }
  `  },
  `  "HELLO_ONLY": { "kind": "service", "methods": ["hello"] },
  `  "NOT_BOUND": { "kind": "service", "methods": ["hello"] },
  `  "NO_METHODS": { "kind": "service" },
  `  "NO_SESSIONS": { "kind": "service", "methods": ["hello"], "sessions": false },
  `  "FEW": {
  `    "kind": "service",
  `    "methods": ["hello", "slow"],
  `    "sessions": { "callsInFlight": 2, "exports": 4, "calls": 8 }
  `  },
  `  "SMALL": {
  `    "kind": "service",
  `    "methods": ["hello", "slow"],
  `    "sessions": { "bytesIn": 1000, "bytesOut": 500, "idleSeconds": 1 }
  `  },
  `  "ROOMS": { "kind": "durable-object", "namePrefix": "room-", "methods": ["join", "fail", "reset"] },
  `  "JOBS": { "kind": "queue", "methods": ["send"] },
  `  "AI": { "kind": "ai", "methods": ["run"] }
  `}
  ;

const proxy :Workerd.Worker = (
  modules = Fleet.proxyCode,
  compatibilityDate = Fleet.compatibilityDate,
  bindings = [
    (name = "BINDINGS", json = .bindingsJson),
    (name = "PROXY_TOKEN", text = "fleet-token-0123456789-0123456789-abcdef"),
    (name = "PROXY_TOKEN_NEXT", text = "fleet-token-next-0123456789-0123456789-abc"),
    (name = "TOKEN_SCOPES", json = `{ "PROXY_TOKEN_NEXT": { "operations": ["fetch"] } }
    ),
    (name = "ACCOUNTS", service = "accounts"),
    (name = "HELLO_ONLY", service = (name = "accounts", entrypoint = "Accounts")),
    (name = "NO_METHODS", service = "accounts"),
    (name = "NO_SESSIONS", service = (name = "accounts", entrypoint = "Accounts")),
    (name = "FEW", service = (name = "accounts", entrypoint = "Accounts")),
    (name = "SMALL", service = (name = "accounts", entrypoint = "Accounts")),
    (name = "ROOMS", durableObjectNamespace = (className = "Room", serviceName = "accounts")),
    (name = "JOBS", queue = "mocks"),
    (name = "AI", wrapped = (
      moduleName = "cloudflare-internal:ai-api",
      innerBindings = [(name = "fetcher", service = (name = "mocks", entrypoint = "ai"))],
    )),
  ],
  globalOutbound = "nowhere",
);

# For the Java benchmarks: what a call costs without the proxy.
const bare :Workerd.Worker = (
  modules = [(name = "bare-rpc.js", esModule = embed "bare-rpc.js")],
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

const mocks :Workerd.Worker = (
  modules = [(name = "mocks.js", esModule = embed "mocks.js"), Fleet.runs],
  compatibilityDate = Fleet.compatibilityDate,
  globalOutbound = "nowhere",
);

const capnwebNewest :Workerd.Worker = (
  modules = [
    .capnwebApi,
    .capnwebProtocol,
    (name = "capnweb", esModule = embed "../../node_modules/capnweb/dist/index-workers.js"),
  ],
  compatibilityDate = Fleet.compatibilityDate,
  globalOutbound = "nowhere",
);

const capnwebOldest :Workerd.Worker = (
  modules = [
    .capnwebApi,
    .capnwebProtocol,
    (name = "capnweb", esModule = embed "../../node_modules/capnweb-oldest/dist/index-workers.js"),
  ],
  compatibilityDate = Fleet.compatibilityDate,
  globalOutbound = "nowhere",
);

const capnwebApi :Workerd.Worker.Module = (name = "capnweb-api.js", esModule = embed "capnweb-api.js");
const capnwebProtocol :Workerd.Worker.Module = (name = "capnweb-protocol.js", esModule = embed "capnweb-protocol.js");
