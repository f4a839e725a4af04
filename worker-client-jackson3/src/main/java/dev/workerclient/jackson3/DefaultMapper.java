package dev.workerclient.jackson3;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * The mapper of users who bring none: lenient to new fields, strict to hostile bodies. It writes
 * and reads what that of worker-client-jackson does; Jackson 3's own defaults sort properties,
 * write enums by {@code toString} and more.
 */
final class DefaultMapper {
  private static final int DEEPEST = 200;
  private static final int LONGEST_STRING = 16 * 1024 * 1024;
  private static final int LONGEST_NAME = 10_000;
  private static final int LONGEST_NUMBER = 1_000;

  private DefaultMapper() {}

  static JsonMapper create() {
    JsonFactory json =
        JsonFactory.builderWithJackson2Defaults()
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
        .configureForJackson2()
        .enable(MapperFeature.DETECT_PARAMETER_NAMES)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
        .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        // Allows nothing, so that @JsonTypeInfo(use = Id.CLASS) fails too; names are no classes.
        .polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder().build())
        .build();
  }
}
