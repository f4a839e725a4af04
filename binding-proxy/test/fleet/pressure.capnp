# For test/pressure.ts: the proxy in a process of its own, with its target in another, so that what the process uses is the
# proxy's. --external-addr says where the target is.
using Workerd = import "/workerd/workerd.capnp";
using Fleet = import "fleet.capnp";
using Rpc = import "rpc.capnp";

const config :Workerd.Config = (
  services = [
    (name = "proxy", worker = .proxy),
    (name = "bare", worker = .bare),
    (name = "others", worker = .others),
    (name = "accounts", external = (http = (capnpConnectHost = Fleet.rpcHost))),
    (name = "nowhere", network = (allow = [])),
  ],
  sockets = [
    (name = "proxy", address = "127.0.0.1:0", service = "proxy"),
    (name = "bare", address = "127.0.0.1:0", service = "bare"),
  ],
);

const proxy :Workerd.Worker = (
  modules = Fleet.proxyCode,
  compatibilityDate = Fleet.compatibilityDate,
  bindings = [
    (name = "BINDINGS", json = Rpc.bindingsJson),
    (name = "PROXY_TOKEN", text = "fleet-token-0123456789-0123456789-abcdef"),
    (name = "ACCOUNTS", service = "accounts"),
    (name = "HELLO_ONLY", service = (name = "others", entrypoint = "Others")),
  ],
  globalOutbound = "nowhere",
);

# What the runtime itself needs for one result.
const bare :Workerd.Worker = (
  modules = [(name = "bare.js", esModule =
    `export default {
    `  async fetch(request, { ACCOUNTS }) {
    `    const { pathname, searchParams } = new URL(request.url);
    `    const bytes = Number(searchParams.get("bytes"));
    `    if (pathname === "/error") return ACCOUNTS.largeError(bytes).catch(() => new Response("caught"));
    `    const result = await ACCOUNTS.large(bytes);
    `    return new Response(pathname === "/pass" ? result : "dropped");
    `  }
    `};
  )],
  compatibilityDate = Fleet.compatibilityDate,
  bindings = [(name = "ACCOUNTS", service = "accounts")],
  globalOutbound = "nowhere",
);

const others :Workerd.Worker = (
  modules = [(name = "others.js", esModule =
    `import { WorkerEntrypoint } from "cloudflare:workers";
    `export class Others extends WorkerEntrypoint {
    `  hello(name) {
    `    return name;
    `  }
    `}
  )],
  compatibilityDate = Fleet.compatibilityDate,
  globalOutbound = "nowhere",
);
