package dev.workerclient.mockserver;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What the proxy reports of one binding. The texts are those of {@code
 * binding-proxy/src/verdict.ts}; a test compares them with what the proxy sends.
 *
 * @param className null if there is no binding
 * @param fix empty if there is nothing to do
 */
record BindingReport(
    String binding,
    String kind,
    String expected,
    @Nullable String className,
    boolean fetchCallable,
    boolean rpcCallable,
    String diagnosis,
    String fix) {
  private static final String SERVICE = "service";
  private static final String FETCHER = "Fetcher";

  static BindingReport sound(String name, boolean rpc, boolean notAsked) {
    return new BindingReport(name, SERVICE, SERVICE, FETCHER, true, rpc, well(notAsked), "");
  }

  static BindingReport durableObject(String name, boolean rpc, boolean notAsked) {
    String kind = "durable-object";
    return new BindingReport(
        name, kind, kind, "DurableObjectNamespace", true, rpc, well(notAsked), "");
  }

  static BindingReport missing(String name) {
    return new BindingReport(
        name,
        "missing",
        SERVICE,
        null,
        false,
        false,
        "BINDINGS lists it, but the deployed proxy has no such binding.",
        "Add "
            + name
            + " to the services of wrangler.jsonc and deploy, or remove it from BINDINGS.");
  }

  static BindingReport wrongKind(String name) {
    return new BindingReport(
        name,
        "other",
        SERVICE,
        "string",
        false,
        false,
        "BINDINGS says service; the deployed binding is of type string.",
        "Declare " + name + " in the services of wrangler.jsonc, or correct its kind in BINDINGS.");
  }

  static BindingReport withoutFetchHandler(String name) {
    ProxyProblem problem = ProxyProblem.NO_FETCH_HANDLER;
    return new BindingReport(
        name, SERVICE, SERVICE, FETCHER, false, false, problem.title, problem.detail);
  }

  private static String well(boolean notAsked) {
    return notAsked ? "ok, not asked" : "ok, not probed: it has no healthPath";
  }

  void writeTo(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("binding", binding);
    json.writeBooleanField("exists", className != null);
    json.writeStringField("kind", kind);
    json.writeStringField("expected", expected);
    if (className != null) {
      json.writeStringField("className", className);
    }
    json.writeBooleanField("fetchCallable", fetchCallable);
    json.writeBooleanField("rpcCallable", rpcCallable);
    json.writeStringField("diagnosis", diagnosis);
    json.writeStringField("fix", fix);
    json.writeEndObject();
  }
}
