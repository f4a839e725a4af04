package dev.workerclient.workerd;

import org.jspecify.annotations.Nullable;

/** What a Worker finds in {@code env} under a name. */
sealed interface WorkerBinding {
  /** Returns the part of the configuration that follows the binding's name. */
  String capnp();

  /** Returns the Worker of the same server that it leads to; null if it leads to none. */
  default @Nullable String worker() {
    return null;
  }

  record Text(String capnp) implements WorkerBinding {
    static Text text(String text) {
      return new Text("text = " + CapnpText.quote(text));
    }

    static Text json(String json) {
      return new Text("json = " + CapnpText.quote(json));
    }
  }

  record Service(String worker, @Nullable String entrypoint) implements WorkerBinding {
    @Override
    public String capnp() {
      return "service = "
          + (entrypoint == null
              ? CapnpText.quote(worker)
              : "(name = "
                  + CapnpText.quote(worker)
                  + ", entrypoint = "
                  + CapnpText.quote(entrypoint)
                  + ")");
    }
  }

  record DurableObject(String worker, String className) implements WorkerBinding {
    @Override
    public String capnp() {
      return "durableObjectNamespace = (className = "
          + CapnpText.quote(className)
          + ", serviceName = "
          + CapnpText.quote(worker)
          + ")";
    }
  }

  /** A binding that speaks to a Worker of this module, which plays Cloudflare's service. */
  record Local(LocalService service) implements WorkerBinding {
    @Override
    public String capnp() {
      return service.kind().field() + " = " + CapnpText.quote(service.name());
    }

    @Override
    public @Nullable String worker() {
      return service.consumer();
    }
  }
}
