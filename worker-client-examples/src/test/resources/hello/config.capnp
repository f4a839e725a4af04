using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "hello", worker = (
    modules = [(name = "hello.js", esModule = embed "hello.js")],
    compatibilityDate = "2026-04-21",
  ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "hello")],
);
