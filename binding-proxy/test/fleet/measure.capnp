# For npm run measure: the proxy beside a Worker that does nothing but pass a request on to the same target.
using Workerd = import "/workerd/workerd.capnp";
using Fleet = import "fleet.capnp";

const config :Workerd.Config = (
  services = [
    (name = "behaves", worker = Fleet.behaves),
    (name = "nowhere", network = (allow = [])),
    (name = "bare", worker = .bare),
    (name = "proxy", worker = .proxy),
  ],
  sockets = [
    (name = "direct-behaves", address = "127.0.0.1:0", service = "behaves"),
    (name = "bare", address = "127.0.0.1:0", service = "bare"),
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

const proxy :Workerd.Worker = (
  modules = Fleet.proxyCode,
  compatibilityDate = Fleet.compatibilityDate,
  bindings = [
    (name = "BINDINGS", json = `{ "BEHAVES": { "kind": "service" } }
    ),
    (name = "PROXY_TOKEN", text = "fleet-token-0123456789-0123456789-abcdef"),
    (name = "BEHAVES", service = "behaves"),
  ],
);
