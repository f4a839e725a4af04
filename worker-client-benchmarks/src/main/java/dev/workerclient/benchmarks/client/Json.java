package dev.workerclient.benchmarks.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.workerclient.benchmarks.Capability;

/** The mapper that all peers share. */
final class Json {
  static final ObjectMapper MAPPER = JsonMapper.builder().build();
  static final ObjectReader CAPABILITY = MAPPER.readerFor(Capability.class);

  private Json() {}
}
