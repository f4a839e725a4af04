package dev.workerclient.spring.boot;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.workerclient.BodyCodec;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/**
 * The codec of the application's own JSON mapper: Jackson 3's, else Jackson 2's. Without a mapper,
 * the client finds a codec itself.
 */
final class BodyCodecConfiguration {
  private BodyCodecConfiguration() {}

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({JsonMapper.class, dev.workerclient.jackson3.JacksonCodec.class})
  static class Jackson3 {
    @Bean
    @ConditionalOnSingleCandidate(JsonMapper.class)
    @ConditionalOnMissingBean
    BodyCodec workerClientCodec(JsonMapper mapper) {
      return dev.workerclient.jackson3.JacksonCodec.of(mapper);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({ObjectMapper.class, dev.workerclient.jackson.JacksonCodec.class})
  static class Jackson2 {
    @Bean
    @ConditionalOnSingleCandidate(ObjectMapper.class)
    @ConditionalOnMissingBean
    BodyCodec workerClientJackson2Codec(ObjectMapper mapper) {
      return dev.workerclient.jackson.JacksonCodec.of(mapper);
    }
  }
}
