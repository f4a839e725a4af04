# The proxy with a token that may diagnose one of two bindings, and do nothing else.
using Workerd = import "/workerd/workerd.capnp";
using Fleet = import "fleet.capnp";

const config :Workerd.Config = (
  services = [
    (name = "behaves", worker = Fleet.behaves),
    (name = "throws", worker = Fleet.throws),
    (name = "nowhere", network = (allow = [])),
    (name = "proxy", worker = .proxy),
  ],
  sockets = [(name = "proxy", address = "127.0.0.1:0", service = "proxy")],
);

const proxy :Workerd.Worker = (
  modules = Fleet.proxyCode,
  compatibilityDate = Fleet.compatibilityDate,
  bindings = [
    (name = "BINDINGS", json = `{ "BEHAVES": { "kind": "service" }, "THROWS": { "kind": "service" } }
    ),
    (name = "PROXY_TOKEN", text = "fleet-token-0123456789-0123456789-abcdef"),
    (name = "TOKEN_SCOPES", json = `{ "PROXY_TOKEN": { "bindings": ["BEHAVES"], "operations": ["diagnose"] } }
    ),
    (name = "BEHAVES", service = "behaves"),
    (name = "THROWS", service = "throws"),
  ],
  globalOutbound = "nowhere",
);
