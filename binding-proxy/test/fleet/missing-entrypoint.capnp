# A binding to an entrypoint that its target does not have: workerd refuses to start.
using Workerd = import "/workerd/workerd.capnp";
using Fleet = import "fleet.capnp";

const config :Workerd.Config = (
  services = [
    (name = "behaves", worker = Fleet.behaves),
    (name = "nowhere", network = (allow = [])),
    (name = "proxy", worker = .proxy),
  ],
  sockets = [(name = "proxy", address = "127.0.0.1:0", service = "proxy")],
);

const proxy :Workerd.Worker = (
  modules = Fleet.proxyCode,
  compatibilityDate = Fleet.compatibilityDate,
  bindings = [
    (name = "BINDINGS", json = `{ "NO_ENTRYPOINT": { "kind": "service", "healthPath": "/health" } }
    ),
    (name = "PROXY_TOKEN", text = "fleet-token-0123456789-0123456789-abcdef"),
    (name = "NO_ENTRYPOINT", service = (name = "behaves", entrypoint = "Renamed")),
  ],
  globalOutbound = "nowhere",
);
