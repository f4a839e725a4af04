/** JSON bodies of Workers by Jackson, and errors as problem+json. */
module dev.workerclient.jackson {
  requires transitive com.fasterxml.jackson.databind;
  requires transitive dev.workerclient;
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.datatype.jsr310;

  exports dev.workerclient.jackson;

  provides dev.workerclient.BodyCodec with
      dev.workerclient.jackson.JacksonCodec;
}
