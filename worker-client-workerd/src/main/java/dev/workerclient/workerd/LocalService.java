package dev.workerclient.workerd;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A Worker of this module that plays a KV namespace, an R2 bucket or a queue, in memory. */
record LocalService(Kind kind, String id, @Nullable String consumer) {
  enum Kind {
    KV("kvNamespace", "kv.js", ""),
    R2("r2Bucket", "r2.js", ""),
    QUEUE("queue", "queue.js", "\"service_binding_extra_handlers\"");

    private final String field;
    private final String script;
    private final String flags;

    Kind(String field, String script, String flags) {
      this.field = field;
      this.script = script;
      this.flags = flags;
    }

    String field() {
      return field;
    }
  }

  /** Returns a name that no Worker of a user has. */
  String name() {
    return kind.field + ":" + id;
  }

  /** Returns a queue with that consumer if it has none; otherwise the same. */
  LocalService consumedBy(@Nullable String worker) {
    return kind == Kind.QUEUE && consumer == null ? new LocalService(kind, id, worker) : this;
  }

  /** Whether workerd takes its compatibility flags with {@code --experimental} alone. */
  boolean isExperimental() {
    return !kind.flags.isEmpty();
  }

  /** Writes it as a struct {@code Worker} of workerd's configuration. */
  String capnp() {
    String bindings =
        "(name = \"NAME\", text = "
            + CapnpText.quote(id)
            + ")"
            + (consumer == null
                ? ""
                : ", (name = \"CONSUMER\", service = " + CapnpText.quote(consumer) + ")");
    return """
    (
      modules = [(name = "%s", esModule = %s)],
      compatibilityDate = "%s",
      compatibilityFlags = [%s],
      bindings = [%s],
    )"""
        .formatted(
            kind.script,
            CapnpText.quote(resource(kind.script)),
            WorkerDefinition.DEFAULT_DATE,
            kind.flags,
            bindings);
  }

  /** Returns the text of a resource of this module. */
  static String resource(String name) {
    try (InputStream script = LocalService.class.getResourceAsStream(name)) {
      if (script == null) {
        throw new IllegalStateException("the resource " + name + " is missing");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the resource " + name + " can't be read", e);
    }
  }
}
