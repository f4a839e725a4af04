package dev.workerclient.bootversions;

import dev.workerclient.jackson.CodecContract;
import dev.workerclient.jackson.JacksonCodec;

class Jackson2CodecTest extends CodecContract {
  Jackson2CodecTest() {
    super(new JacksonCodec(), "com.fasterxml.jackson");
  }
}
