/** Feign's requests over the routes of a service. */
module dev.workerclient.feign {
  requires transitive dev.workerclient;
  requires transitive feign.core;
  requires static transitive org.jspecify;

  exports dev.workerclient.feign;
}
