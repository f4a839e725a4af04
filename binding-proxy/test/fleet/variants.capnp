# The same proxy under other configurations: one socket each.
using Workerd = import "/workerd/workerd.capnp";
using Fleet = import "fleet.capnp";

const config :Workerd.Config = (
  services = [
    (name = "behaves", worker = Fleet.behaves),
    (name = "throws", worker = Fleet.throws),
    (name = "hangs", worker = Fleet.hangs),
    (name = "nowhere", network = (allow = [])),
    (name = "cookies", worker = .cookies),
    (name = "quiet", worker = .quiet),
    (name = "anonymous", worker = .anonymous),
    (name = "no-token", worker = .noToken),
    (name = "next-only", worker = .nextOnly),
    (name = "misconfigured", worker = .misconfigured),
  ],
  sockets = [
    (name = "proxy-cookies", address = "127.0.0.1:0", service = "cookies"),
    (name = "proxy-quiet", address = "127.0.0.1:0", service = "quiet"),
    (name = "proxy-anonymous", address = "127.0.0.1:0", service = "anonymous"),
    (name = "proxy-no-token", address = "127.0.0.1:0", service = "no-token"),
    (name = "proxy-next-only", address = "127.0.0.1:0", service = "next-only"),
    (name = "proxy-misconfigured", address = "127.0.0.1:0", service = "misconfigured"),
    (name = "direct-behaves", address = "127.0.0.1:0", service = "behaves"),
  ],
);

const cookies :Workerd.Worker = (
  modules = Fleet.proxyCode,
  compatibilityDate = Fleet.compatibilityDate,
  bindings = [
    (name = "BINDINGS", json = `{ "BEHAVES": { "kind": "service" } }
    ),
    (name = "PROXY_TOKEN", text = "fleet-token-0123456789-0123456789-abcdef"),
    (name = "PASS_COOKIES", text = "true"),
    (name = "BEHAVES", service = "behaves"),
  ],
);

# BINDINGS is a text here, as it is where it was set in the dashboard.
const quiet :Workerd.Worker = (
  modules = Fleet.proxyCode,
  compatibilityDate = Fleet.compatibilityDate,
  bindings = [
    (name = "BINDINGS", text = `{ "THROWS": { "kind": "service", "healthPath": "/x" }, "HANGS": { "kind": "service", "healthPath": "/x" } }
    ),
    (name = "PROXY_TOKEN", text = "fleet-token-0123456789-0123456789-abcdef"),
    (name = "THROWS", service = "throws"),
    (name = "HANGS", service = "hangs"),
  ],
);

const anonymous :Workerd.Worker = (
  modules = Fleet.proxyCode,
  compatibilityDate = Fleet.compatibilityDate,
  bindings = [
    (name = "BINDINGS", json = `{ "BEHAVES": { "kind": "service" } }
    ),
    (name = "ALLOW_ANONYMOUS", text = "true"),
    (name = "BEHAVES", service = "behaves"),
  ],
);

const noToken :Workerd.Worker = (
  modules = Fleet.proxyCode,
  compatibilityDate = Fleet.compatibilityDate,
  bindings = [
    (name = "BINDINGS", json = `{ "BEHAVES": { "kind": "service" } }
    ),
    (name = "BEHAVES", service = "behaves"),
  ],
);

# After a rotation: the second secret alone.
const nextOnly :Workerd.Worker = (
  modules = Fleet.proxyCode,
  compatibilityDate = Fleet.compatibilityDate,
  bindings = [
    (name = "BINDINGS", json = `{ "BEHAVES": { "kind": "service" } }
    ),
    (name = "PROXY_TOKEN_NEXT", text = "fleet-token-next-0123456789-0123456789-abc"),
    (name = "BEHAVES", service = "behaves"),
  ],
);

const misconfigured :Workerd.Worker = (
  modules = Fleet.proxyCode,
  compatibilityDate = Fleet.compatibilityDate,
  bindings = [
    (name = "BINDINGS", json = `{ "BEHAVES": { "kind": "service", "retries": 3 } }
    ),
    (name = "PROXY_TOKEN", text = "fleet-token-0123456789-0123456789-abcdef"),
    (name = "BEHAVES", service = "behaves"),
  ],
);
