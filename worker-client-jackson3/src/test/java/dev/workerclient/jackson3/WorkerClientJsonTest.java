package dev.workerclient.jackson3;

import dev.workerclient.jackson.WorkerClientJsonContract;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class WorkerClientJsonTest extends WorkerClientJsonContract {
  WorkerClientJsonTest() {
    super(
        JacksonCodec.class,
        JacksonCodec.of(
            JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build()));
  }
}
