/** Calls Cloudflare Workers from a JVM: by a binding proxy, or by a Worker's custom domain. */
module dev.workerclient {
  requires transitive io.github.resilience4j.circuitbreaker;
  requires transitive io.github.resilience4j.retry;
  requires transitive okhttp3;
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires io.github.resilience4j.core;
  requires okio;
  requires org.slf4j;

  exports dev.workerclient;
  exports dev.workerclient.error;
  exports dev.workerclient.health;
  exports dev.workerclient.internal.call to
      dev.workerclient.rpc;
  exports dev.workerclient.internal.classify to
      dev.workerclient.rpc;
  exports dev.workerclient.internal.classify.table to
      dev.workerclient.mockserver,
      dev.workerclient.rpc;
  exports dev.workerclient.internal.engine to
      dev.workerclient.rpc;
  exports dev.workerclient.internal.http to
      dev.workerclient.rpc;
  exports dev.workerclient.internal.json to
      dev.workerclient.jackson,
      dev.workerclient.jackson3,
      dev.workerclient.rpc,
      dev.workerclient.spring.boot;
  exports dev.workerclient.internal.route to
      dev.workerclient.config,
      dev.workerclient.mockserver,
      dev.workerclient.spring.boot;

  uses dev.workerclient.BodyCodec;
  uses dev.workerclient.WorkerClient.ConfigReader;
}
