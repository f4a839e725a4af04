# The proxy bundle and every kind of target, in one process:
#   npm run build && npx workerd serve --control-fd=1 test/fleet/fleet.capnp
# Ports are chosen by the system and printed, one JSON line a socket.
using Workerd = import "/workerd/workerd.capnp";

const compatibilityDate :Text = "2026-04-21";

# Where a process takes RPC from another.
const rpcHost :Text = "rpc.invalid";

const config :Workerd.Config = (
  services = [
    (name = "proxy", worker = .proxy),
    (name = "behaves", worker = .behaves),
    (name = "throws", worker = .throws),
    (name = "no-response-sync", worker = .noResponseSync),
    (name = "no-response-async", worker = .noResponseAsync),
    (name = "hangs", worker = .hangs),
    (name = "hung", worker = .hangs),
    (name = "unhealthy", worker = .behaves),
    (name = "not-an-entrypoint", worker = .notAnEntrypoint),
    (name = "objects", worker = .objects),
    (name = "no-default", worker = .noDefault),
    (name = "no-fetch", worker = .noFetch),
    (name = "rooms", worker = .rooms),
    (name = "unlisted", worker = .behaves),
    (name = "outside", worker = .outside),
    (name = "gateway", worker = .gateway),
    (name = "nowhere", network = (allow = [])),
  ],
  sockets = [
    (name = "proxy", address = "127.0.0.1:0", service = "proxy"),
    (name = "direct-behaves", address = "127.0.0.1:0", service = "behaves"),
    (name = "direct-throws", address = "127.0.0.1:0", service = "throws"),
    (name = "direct-no-response-sync", address = "127.0.0.1:0", service = "no-response-sync"),
    (name = "direct-no-response-async", address = "127.0.0.1:0", service = "no-response-async"),
    (name = "direct-hangs", address = "127.0.0.1:0", service = "hangs"),
    (name = "direct-hung", address = "127.0.0.1:0", service = "hung"),
    (name = "direct-unhealthy", address = "127.0.0.1:0", service = "unhealthy"),
    (name = "direct-not-an-entrypoint", address = "127.0.0.1:0", service = "not-an-entrypoint"),
    (name = "direct-objects", address = "127.0.0.1:0", service = "objects"),
    (name = "direct-no-default", address = "127.0.0.1:0",
      service = (name = "no-default", entrypoint = "runsEntrypoint")),
    (name = "direct-no-fetch", address = "127.0.0.1:0", service = (name = "no-fetch", entrypoint = "runsEntrypoint")),
    (name = "direct-rooms", address = "127.0.0.1:0", service = "rooms"),
    (name = "direct-unlisted", address = "127.0.0.1:0", service = "unlisted"),
    (name = "direct-outside", address = "127.0.0.1:0", service = "outside"),
    (name = "direct-gateway", address = "127.0.0.1:0", service = "gateway"),
  ],
);

const proxyCode :List(Workerd.Worker.Module) = [
  (name = "binding-proxy.js", esModule = embed "../../dist/binding-proxy.js"),
];

# Each line after a backtick is a line of the JSON text. Where a service named A_B has a target that counts its runs, the
# target's socket is direct-a-b.
const bindingsJson :Text =
  `{
  `  "BEHAVES": { "kind": "service", "healthPath": "/status/200" },
  `  "THROWS": { "kind": "service", "healthPath": "/health" },
  `  "NO_RESPONSE_SYNC": { "kind": "service", "healthPath": "/health" },
  `  "NO_RESPONSE_ASYNC": { "kind": "service", "healthPath": "/health" },
  `  "HANGS": { "kind": "service", "healthPath": "/health" },
  `  "HUNG": { "kind": "service", "healthPath": "/never" },
  `  "UNHEALTHY": { "kind": "service", "healthPath": "/status/503" },
  `  "NOT_AN_ENTRYPOINT": { "kind": "service", "healthPath": "/health" },
  `  "OBJECTS": { "kind": "service", "healthPath": "/health" },
  `  "NO_DEFAULT": { "kind": "service", "healthPath": "/health" },
  `  "NO_FETCH": { "kind": "service", "healthPath": "/health" },
  `  "ROOMS": { "kind": "durable-object" },
  `  "PREFIXED_ROOMS": { "kind": "durable-object", "namePrefix": "room-" },
  `  "UNIQUE_ROOMS": { "kind": "durable-object", "unique": true },
  `  "WRONG_KIND": { "kind": "service", "healthPath": "/health" },
  `  "NO_HEALTH_PATH": { "kind": "service" },
  `  "KV_INSTEAD": { "kind": "service", "healthPath": "/health" },
  `  "MISSING": { "kind": "service", "healthPath": "/health" }
  `}
  ;

const proxyBindings :List(Workerd.Worker.Binding) = [
  (name = "BINDINGS", json = .bindingsJson),
  (name = "PROXY_TOKEN", text = "fleet-token-0123456789-0123456789-abcdef"),
  (name = "PROXY_TOKEN_NEXT", text = "fleet-token-next-0123456789-0123456789-abc"),
  (name = "TOKEN_SCOPES", json = `{ "PROXY_TOKEN_NEXT": { "bindings": ["BEHAVES"], "operations": ["fetch"] } }
  ),
  (name = "EXPOSE_ERRORS", text = "true"),
  (name = "BEHAVES", service = "behaves"),
  (name = "THROWS", service = "throws"),
  (name = "NO_RESPONSE_SYNC", service = "no-response-sync"),
  (name = "NO_RESPONSE_ASYNC", service = "no-response-async"),
  (name = "HANGS", service = "hangs"),
  (name = "HUNG", service = "hung"),
  (name = "UNHEALTHY", service = "unhealthy"),
  (name = "NOT_AN_ENTRYPOINT", service = (name = "not-an-entrypoint", entrypoint = "NotAnEntrypoint")),
  (name = "OBJECTS", service = "objects"),
  (name = "NO_DEFAULT", service = "no-default"),
  (name = "NO_FETCH", service = "no-fetch"),
  (name = "ROOMS", durableObjectNamespace = (className = "Room", serviceName = "rooms")),
  (name = "PREFIXED_ROOMS", durableObjectNamespace = (className = "Room", serviceName = "rooms")),
  (name = "UNIQUE_ROOMS", durableObjectNamespace = (className = "Room", serviceName = "rooms")),
  (name = "WRONG_KIND", text = "a text where BINDINGS says service"),
  (name = "NO_HEALTH_PATH", service = "behaves"),
  (name = "KV_INSTEAD", kvNamespace = "unlisted"),
  (name = "UNLISTED", service = "unlisted"),
];

const proxy :Workerd.Worker = (
  modules = .proxyCode,
  compatibilityDate = .compatibilityDate,
  bindings = .proxyBindings,
  globalOutbound = "nowhere",
);

const behaves :Workerd.Worker = (
  modules = [(name = "behaves.js", esModule = embed "behaves.js"), .runs],
  compatibilityDate = .compatibilityDate,
  globalOutbound = "nowhere",
);

const throws :Workerd.Worker = (
  modules = [(name = "throws.js", esModule = embed "throws.js"), .runs],
  compatibilityDate = .compatibilityDate,
  globalOutbound = "nowhere",
);

const noResponseSync :Workerd.Worker = (
  modules = [(name = "no-response-sync.js", esModule = embed "no-response-sync.js"), .runs],
  compatibilityDate = .compatibilityDate,
  globalOutbound = "nowhere",
);

const noResponseAsync :Workerd.Worker = (
  modules = [(name = "no-response-async.js", esModule = embed "no-response-async.js"), .runs],
  compatibilityDate = .compatibilityDate,
  globalOutbound = "nowhere",
);

const hangs :Workerd.Worker = (
  modules = [(name = "hangs.js", esModule = embed "hangs.js"), .runs],
  compatibilityDate = .compatibilityDate,
  globalOutbound = "nowhere",
);

const notAnEntrypoint :Workerd.Worker = (
  modules = [(name = "not-an-entrypoint.js", esModule = embed "not-an-entrypoint.js"), .runs],
  compatibilityDate = .compatibilityDate,
  globalOutbound = "nowhere",
);

const objects :Workerd.Worker = (
  modules = [(name = "objects.js", esModule = embed "objects.js"), .runs],
  compatibilityDate = .compatibilityDate,
  durableObjectNamespaces = [(className = "Exported", uniqueKey = "objects")],
  durableObjectStorage = (inMemory = void),
  globalOutbound = "nowhere",
);

const noDefault :Workerd.Worker = (
  modules = [(name = "no-default.js", esModule = embed "no-default.js"), .runs],
  compatibilityDate = .compatibilityDate,
  durableObjectNamespaces = [(className = "Exported", uniqueKey = "no-default")],
  durableObjectStorage = (inMemory = void),
  globalOutbound = "outside",
);

const noFetch :Workerd.Worker = (
  modules = [(name = "no-fetch.js", esModule = embed "no-fetch.js"), .runs],
  compatibilityDate = .compatibilityDate,
  globalOutbound = "nowhere",
);

const rooms :Workerd.Worker = (
  modules = [(name = "rooms.js", esModule = embed "rooms.js"), .runs],
  compatibilityDate = .compatibilityDate,
  durableObjectNamespaces = [(className = "Room", uniqueKey = "rooms")],
  durableObjectStorage = (inMemory = void),
  globalOutbound = "nowhere",
);

const outside :Workerd.Worker = (
  modules = [(name = "outside.js", esModule = embed "outside.js"), .runs],
  compatibilityDate = .compatibilityDate,
  globalOutbound = "nowhere",
);

# A gateway of a user's own, reached by a custom domain: no proxy, and no marks of its own.
const gateway :Workerd.Worker = (
  modules = [(name = "gateway.js", esModule = embed "gateway.js"), .runs],
  compatibilityDate = .compatibilityDate,
  bindings = [
    (name = "throws", service = "throws"),
    (name = "no-response-sync", service = "no-response-sync"),
    (name = "no-response-async", service = "no-response-async"),
    (name = "no-fetch", service = "no-fetch"),
    (name = "hangs", service = "hangs"),
  ],
  globalOutbound = "nowhere",
);

const runs :Workerd.Worker.Module = (name = "runs", esModule = embed "runs.js");
