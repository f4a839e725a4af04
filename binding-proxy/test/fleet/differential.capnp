# Answers of every kind, to be compared: direct, by a Worker that passes the request on, and by the proxy.
using Workerd = import "/workerd/workerd.capnp";
using Fleet = import "fleet.capnp";

const config :Workerd.Config = (
  services = [
    (name = "idioms", worker = .idioms),
    (name = "upstream", worker = .upstream),
    (name = "gateway", worker = .gateway),
    (name = "proxy", worker = .proxy),
    (name = "nowhere", network = (allow = [])),
  ],
  sockets = [
    (name = "direct-idioms", address = "127.0.0.1:0", service = "idioms"),
    (name = "gateway", address = "127.0.0.1:0", service = "gateway"),
    (name = "proxy", address = "127.0.0.1:0", service = "proxy"),
  ],
);

const idioms :Workerd.Worker = (
  modules = [
    (name = "idioms.js", esModule = embed "idioms.js"),
    (name = "random-answers", esModule = embed "random-answers.js"),
  ],
  compatibilityDate = Fleet.compatibilityDate,
  bindings = [(name = "UPSTREAM", service = "upstream")],
  globalOutbound = "nowhere",
);

const upstream :Workerd.Worker = (
  modules = [(name = "upstream.js", esModule = embed "upstream.js")],
  compatibilityDate = Fleet.compatibilityDate,
  globalOutbound = "nowhere",
);

const gateway :Workerd.Worker = (
  modules = [(name = "gateway.js", esModule =
    `export default { fetch: (request, env) => env.IDIOMS.fetch(request) };
  )],
  compatibilityDate = Fleet.compatibilityDate,
  bindings = [(name = "IDIOMS", service = "idioms")],
  globalOutbound = "nowhere",
);

const proxy :Workerd.Worker = (
  modules = Fleet.proxyCode,
  compatibilityDate = Fleet.compatibilityDate,
  bindings = [
    (name = "BINDINGS", json = `{ "IDIOMS": { "kind": "service" } }
    ),
    (name = "PROXY_TOKEN", text = "fleet-token-0123456789-0123456789-abcdef"),
    (name = "IDIOMS", service = "idioms"),
  ],
  globalOutbound = "nowhere",
);
