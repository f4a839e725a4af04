/** Spring's HTTP clients over the routes of a service. */
module dev.workerclient.spring {
  requires transitive dev.workerclient;
  requires transitive spring.web;
  requires static transitive org.jspecify;
  requires spring.core;

  exports dev.workerclient.spring;
}
