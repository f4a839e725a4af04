# The facade of the RPC operation alone. rpc-facade.test.ts writes the module.
using Workerd = import "/workerd/workerd.capnp";
using Fleet = import "fleet.capnp";
using Rpc = import "rpc.capnp";

const config :Workerd.Config = (
  services = [
    (name = "facade", worker = .facade),
    (name = "accounts", worker = Rpc.accounts),
    (name = "nowhere", network = (allow = [])),
  ],
  sockets = [
    (name = "facade", address = "127.0.0.1:0", service = "facade"),
    (name = "direct-accounts", address = "127.0.0.1:0", service = "accounts"),
  ],
);

const facade :Workerd.Worker = (
  modules = [(name = "facade-alone.js", esModule = embed "../dist/facade-alone.js")],
  compatibilityDate = Fleet.compatibilityDate,
  bindings = [(name = "ACCOUNTS", service = "accounts")],
  globalOutbound = "nowhere",
);
