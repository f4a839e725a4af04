package dev.workerclient;

import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** What a binding proxy says when it is asked for a diagnosis. */
final class ProxyReports {
  /** A sound service. */
  static final String SOUND =
      """
      {"binding":"APIMOM","exists":true,"kind":"service","expected":"service",
       "className":"Fetcher","fetchCallable":true,
       "health":{"path":"/v1/health","status":200,"latencyMillis":3},
       "diagnosis":"ok","fix":""}""";

  static final String MISSING =
      """
      {"binding":"APIMOM","exists":false,"kind":"missing","expected":"service",
       "fetchCallable":false,"diagnosis":"BINDINGS lists it, but the proxy has it not.",
       "fix":"Add APIMOM to the services of wrangler.jsonc and deploy."}""";

  static final String KV_INSTEAD =
      """
      {"binding":"APIMOM","exists":true,"kind":"other","expected":"service",
       "className":"KvNamespace","fetchCallable":false,
       "diagnosis":"BINDINGS says service; the deployed binding is of type KvNamespace.",
       "fix":"Declare APIMOM in the services of wrangler.jsonc."}""";

  static final String NAMESPACE =
      """
      {"binding":"APIMOM","exists":true,"kind":"durable-object","expected":"durable-object",
       "className":"DurableObjectNamespace","fetchCallable":true,
       "diagnosis":"ok, not probed: it has no healthPath","fix":""}""";

  private ProxyReports() {}

  static MockResponse report(String... bindings) {
    return new MockResponse.Builder()
        .addHeader("Content-Type", "application/json")
        .addHeader("Binding-Proxy-Version", "1")
        .addHeader("Binding-Proxy-Outcome", "proxy-answered")
        .body("{\"bindings\":[" + String.join(",", bindings) + "]}")
        .build();
  }

  /** A proxy that gives that report, and that answer to anything else. */
  static TestRoute.Script proxy(MockResponse report, MockResponse answer) {
    return request -> asksForReport(request) ? report : answer;
  }

  static boolean asksForReport(RecordedRequest request) {
    String operation = request.getHeaders().get("Binding-Proxy-Op");
    return operation != null && operation.startsWith("diagnose");
  }
}
