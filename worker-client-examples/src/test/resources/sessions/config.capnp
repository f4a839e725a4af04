using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "orders", worker = .orders), (name = "proxy", worker = .proxy)],
  sockets = [
    (name = "http", address = "127.0.0.1:0", service = "orders"),
    (name = "proxy", address = "127.0.0.1:0", service = "proxy"),
  ],
);

const orders :Workerd.Worker = (
  modules = [
    (name = "orders.js", esModule = embed "orders.js"),
    (name = "capnweb", esModule = embed "../../../../../binding-proxy/node_modules/capnweb/dist/index-workers.js"),
  ],
  compatibilityDate = "2026-04-01",
);

const proxy :Workerd.Worker = (
  modules = [(name = "binding-proxy.js", esModule = embed "../../../../../binding-proxy/dist/binding-proxy.js")],
  compatibilityDate = "2026-04-01",
  bindings = [
    (name = "BINDINGS", json =
      `{
      `  "ORDERS": {
      `    "kind": "service",
      `    "methods": {
      `      "cart": { "returns": { "add": {}, "order": {} } },
      `      "watch": { "callbacks": true }
      `    }
      `  }
      `}
    ),
    (name = "PROXY_TOKEN", text = "token-of-the-example-0123456789-abcdef"),
    (name = "ORDERS", service = (name = "orders", entrypoint = "Bound")),
  ],
);
