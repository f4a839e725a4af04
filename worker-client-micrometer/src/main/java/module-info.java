/** Meters and observations of the calls of a WorkerClient, by Micrometer. */
module dev.workerclient.micrometer {
  requires transitive dev.workerclient;
  requires transitive micrometer.commons;
  requires transitive micrometer.core;
  requires transitive micrometer.observation;
  requires static transitive org.jspecify;
  requires org.slf4j;

  exports dev.workerclient.micrometer;
}
