# The proxy beside one target that counts the runs of each call, for tests that put faults between them and a client.
# The target has several bindings, since a client knows a service's routes by its binding's name.
using Workerd = import "/workerd/workerd.capnp";
using Fleet = import "fleet.capnp";

const config :Workerd.Config = (
  services = [
    (name = "ledger", worker = .ledger),
    (name = "nowhere", network = (allow = [])),
    (name = "proxy", worker = .proxy),
  ],
  sockets = [
    (name = "proxy", address = "127.0.0.1:0", service = "proxy"),
    (name = "direct-ledger", address = "127.0.0.1:0", service = "ledger"),
  ],
);

const bindingsJson :Text =
  `{
  `  "PROXY_FIRST": { "kind": "service" },
  `  "DOMAIN_FIRST": { "kind": "service" },
  `  "STEADY_DOMAIN": { "kind": "service" },
  `  "DEAD_DOMAIN": { "kind": "service" }
  `}
  ;

const proxy :Workerd.Worker = (
  modules = Fleet.proxyCode,
  compatibilityDate = Fleet.compatibilityDate,
  bindings = [
    (name = "BINDINGS", json = .bindingsJson),
    (name = "PROXY_TOKEN", text = "fleet-token-0123456789-0123456789-abcdef"),
    (name = "PROXY_FIRST", service = "ledger"),
    (name = "DOMAIN_FIRST", service = "ledger"),
    (name = "STEADY_DOMAIN", service = "ledger"),
    (name = "DEAD_DOMAIN", service = "ledger"),
  ],
  globalOutbound = "nowhere",
);

const ledger :Workerd.Worker = (
  modules = [(name = "ledger.js", esModule = embed "ledger.js")],
  compatibilityDate = Fleet.compatibilityDate,
  globalOutbound = "nowhere",
);
