using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "orders", worker = .orders)],
  sockets = [(name = "http", address = "127.0.0.1:0", service = "orders")],
);

const orders :Workerd.Worker = (
  modules = [
    (name = "orders.js", esModule = embed "orders.js"),
    (name = "capnweb", esModule = embed "../../../../../binding-proxy/node_modules/capnweb/dist/index-workers.js"),
  ],
  compatibilityDate = "2026-04-01",
);
