package dev.workerclient.bootversions;

import dev.workerclient.jackson.CodecContract;
import dev.workerclient.jackson3.JacksonCodec;

class Jackson3CodecTest extends CodecContract {
  Jackson3CodecTest() {
    super(new JacksonCodec(), "tools.jackson");
  }
}
