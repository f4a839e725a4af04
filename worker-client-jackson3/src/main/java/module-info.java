/** JSON bodies of Workers by Jackson 3, and errors as problem+json. */
module dev.workerclient.jackson3 {
  requires transitive dev.workerclient;
  requires static transitive org.jspecify;
  requires transitive tools.jackson.databind;

  exports dev.workerclient.jackson3;

  provides dev.workerclient.BodyCodec with
      dev.workerclient.jackson3.JacksonCodec;
}
