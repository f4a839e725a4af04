/** Typed calls of a Worker's methods, by Java interfaces over Cap'n Web. */
module dev.workerclient.rpc {
  requires transitive com.fasterxml.jackson.databind;
  requires transitive dev.workerclient;
  requires static transitive org.jspecify;
  requires org.slf4j;

  exports dev.workerclient.rpc;
  exports dev.workerclient.internal.rpc to
      dev.workerclient.mockserver,
      dev.workerclient.spring.boot;
}
