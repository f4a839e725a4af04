package dev.workerclient.workerd;

import java.io.IOException;
import java.io.InputStream;
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

  /** Whether workerd takes its compatibility flags with {@code --experimental} alone. */
  boolean isExperimental() {
    return !kind.flags.isEmpty();
  }

  /** Writes it as a struct {@code Worker} of workerd's configuration. */
  String capnp() {
    String bindings =
        consumer == null
            ? ""
            : "(name = \"QUEUE\", text = "
                + CapnpText.quote(id)
                + "), (name = \"CONSUMER\", service = "
                + CapnpText.quote(consumer)
                + ")";
    return """
    (
      modules = [(name = "%s", esModule = %s)],
      compatibilityDate = "%s",
      compatibilityFlags = [%s],
      bindings = [%s],
    )"""
        .formatted(
            kind.script,
            CapnpText.quote(source()),
            WorkerDefinition.DEFAULT_DATE,
            kind.flags,
            bindings);
  }

  private String source() {
    try (InputStream script = LocalService.class.getResourceAsStream(kind.script)) {
      if (script == null) {
        throw new IllegalStateException("the resource " + kind.script + " is missing");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the resource " + kind.script + " can't be read", e);
    }
  }
}
