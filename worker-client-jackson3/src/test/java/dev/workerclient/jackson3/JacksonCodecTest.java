package dev.workerclient.jackson3;

import dev.workerclient.jackson.CodecContract;

class JacksonCodecTest extends CodecContract {
  JacksonCodecTest() {
    super(new JacksonCodec(), "tools.jackson");
  }
}
