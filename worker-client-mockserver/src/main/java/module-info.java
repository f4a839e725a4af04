/** A mock of the binding proxy and of custom domains, for tests. */
module dev.workerclient.mockserver {
  requires transitive dev.workerclient;
  requires static org.assertj.core;
  requires static transitive org.jspecify;
  requires static org.junit.jupiter.api;
  requires static com.fasterxml.jackson.databind;
  requires static dev.workerclient.rpc;
  requires com.fasterxml.jackson.core;
  requires okhttp3;
  requires mockwebserver3;
  requires okio;

  exports dev.workerclient.mockserver;
}
