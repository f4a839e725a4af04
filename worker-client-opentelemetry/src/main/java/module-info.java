/** Spans of the calls of a WorkerClient, by OpenTelemetry. */
module dev.workerclient.opentelemetry {
  requires transitive dev.workerclient;
  requires transitive io.opentelemetry.api;
  requires static transitive org.jspecify;
  requires io.opentelemetry.context;
  requires io.opentelemetry.instrumentation_api;

  exports dev.workerclient.opentelemetry;
}
