package dev.workerclient.jackson3;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;

/**
 * The mapper of users who bring none: lenient to new fields, strict to hostile bodies. It writes
 * and reads what that of worker-client-jackson does; Jackson 3's own defaults sort properties,
 * write enums by {@code toString} and more.
 */
final class DefaultMapper {
  /** As deep as a value of Cap'n Web, and strings as long: an RPC result may be a body too. */
  private static final int DEEPEST = 256;

  private static final int LONGEST_STRING = 32 * 1024 * 1024;
  private static final int LONGEST_NAME = 10_000;
  private static final int LONGEST_NUMBER = 1_000;

  /** Allows nothing, so that @JsonTypeInfo(use = Id.CLASS) fails too; names are not classes. */
  private static final PolymorphicTypeValidator NO_CLASSES =
      BasicPolymorphicTypeValidator.builder().build();

  private DefaultMapper() {}

  /**
   * Makes a mapper with the modules that this class loader finds, such as Kotlin's.
   *
   * @throws IllegalStateException if one of them lets a body name classes to instantiate: Jackson
   *     applies modules after all settings
   */
  static JsonMapper create(ClassLoader modules) {
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
    JsonMapper mapper =
        JsonMapper.builder(json)
            .configureForJackson2()
            .findAndAddModules(modules)
            .enable(MapperFeature.DETECT_PARAMETER_NAMES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .polymorphicTypeValidator(NO_CLASSES)
            .build();
    DeserializationConfig config = mapper.deserializationConfig();
    if (config.getDefaultTyper(null) != null
        || config.getPolymorphicTypeValidator() != NO_CLASSES) {
      throw new IllegalStateException(
          "a Jackson module on the class path lets a remote's body name the classes to instantiate,"
              + " by default typing or a PolymorphicTypeValidator; it is one of "
              + mapper.registeredModules().stream().map(JacksonModule::getModuleName).toList()
              + "; take it off, or make the codec of a mapper without it: JacksonCodec.of(mapper)");
    }
    return mapper;
  }
}
