package dev.workerclient.jackson;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;

class WorkerClientJsonTest extends WorkerClientJsonContract {
  WorkerClientJsonTest() {
    super(
        JacksonCodec.class,
        JacksonCodec.of(
            JsonMapper.builder()
                .findAndAddModules()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build()));
  }
}
