package dev.workerclient.jackson;

class JacksonCodecTest extends CodecContract {
  JacksonCodecTest() {
    super(new JacksonCodec(), "com.fasterxml.jackson");
  }
}
