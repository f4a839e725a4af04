/** OkHttp's and Retrofit's calls over the routes of a service. */
module dev.workerclient.okhttp {
  requires transitive dev.workerclient;
  requires transitive okhttp3;
  requires static transitive org.jspecify;
  requires static retrofit2;
  requires kotlin.stdlib;
  requires okio;
  requires org.slf4j;

  exports dev.workerclient.okhttp;
}
