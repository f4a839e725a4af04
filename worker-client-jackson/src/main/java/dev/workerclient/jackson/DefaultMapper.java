package dev.workerclient.jackson;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** The mapper of users who bring none: lenient to new fields, strict to hostile bodies. */
final class DefaultMapper {
  /** As deep as a value of Cap'n Web, and strings as long: an RPC result may be a body too. */
  private static final int DEEPEST = 256;

  private static final int LONGEST_STRING = 32 * 1024 * 1024;
  private static final int LONGEST_NAME = 10_000;
  private static final int LONGEST_NUMBER = 1_000;

  private DefaultMapper() {}

  /** Makes a mapper with the modules that this class loader finds: Kotlin's, Optional's. */
  static ObjectMapper create(ClassLoader modules) {
    JsonFactory json =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_STRING)
                    .maxNameLength(LONGEST_NAME)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .streamWriteConstraints(
                StreamWriteConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();
    return JsonMapper.builder(json)
        .addModule(new JavaTimeModule())
        .addModules(MapperBuilder.findModules(modules))
        // What follows is set last, so that no module that was found can change it.
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .deactivateDefaultTyping()
        // Allows nothing, so that @JsonTypeInfo(use = Id.CLASS) fails too; names are not classes.
        .polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder().build())
        .build();
  }
}
