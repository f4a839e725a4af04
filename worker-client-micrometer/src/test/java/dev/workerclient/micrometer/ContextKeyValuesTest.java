package dev.workerclient.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.WorkerClient;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockWorkersExtension;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contexts keep key values as Micrometer's own context does. */
@Timeout(60)
class ContextKeyValuesTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  private static final List<String> KEYS = List.of("route", "outcome", "b", "url.full", "z");

  /** These call the others. */
  private static final Set<String> DERIVED =
      Set.of("removeLowCardinalityKeyValues", "removeHighCardinalityKeyValues", "getAllKeyValues");

  @Test
  void everyChangeShowsAsInMicrometersOwn() {
    for (Observation.Context own : contextsOfOneCall()) {
      Observation.Context plain = new Observation.Context();
      plain.addLowCardinalityKeyValues(own.getLowCardinalityKeyValues());
      plain.addHighCardinalityKeyValues(own.getHighCardinalityKeyValues());
      Random random = new Random(16);
      for (int i = 0; i < 500; i++) {
        long seed = random.nextLong();
        change(own, new Random(seed));
        change(plain, new Random(seed));

        assertThat(own.getAllKeyValues()).isEqualTo(plain.getAllKeyValues());
        assertThat(own.getLowCardinalityKeyValues()).isEqualTo(plain.getLowCardinalityKeyValues());
        assertThat(own.getHighCardinalityKeyValues())
            .isEqualTo(plain.getHighCardinalityKeyValues());
        for (String key : KEYS) {
          assertThat(own.getLowCardinalityKeyValue(key))
              .isEqualTo(plain.getLowCardinalityKeyValue(key));
          assertThat(own.getHighCardinalityKeyValue(key))
              .isEqualTo(plain.getHighCardinalityKeyValue(key));
        }
      }
    }
  }

  @Test
  void noMethodOfMicrometersReadsTheKeyValuesThatItKeepsItself() {
    for (Class<?> own : List.of(WorkerCallContext.class, WorkerAttemptContext.class)) {
      assertThat(ofKeyValues(own))
          .containsAll(
              ofKeyValues(Observation.Context.class)
                  .filter(name -> !DERIVED.contains(name))
                  .toList());
    }
  }

  private static Stream<String> ofKeyValues(Class<?> context) {
    return Stream.of(context.getDeclaredMethods())
        .map(Method::getName)
        .filter(name -> name.contains("KeyValue"));
  }

  private static List<Observation.Context> contextsOfOneCall() {
    List<Observation.Context> contexts = new CopyOnWriteArrayList<>();
    ObservationRegistry registry = ObservationRegistry.create();
    registry
        .observationConfig()
        .observationHandler(
            context -> {
              contexts.add(context);
              return false;
            });
    workers.service("ORDERS").binding().answers(MockAnswer.json("{}"));
    try (WorkerClient client =
        workers.builder().listener(WorkerObservations.of(registry)).build()) {
      client.service("ORDERS").get("/v1/orders").execute();
    }
    assertThat(contexts)
        .hasExactlyElementsOfTypes(WorkerCallContext.class, WorkerAttemptContext.class);
    return contexts;
  }

  private static void change(Observation.Context context, Random random) {
    KeyValue one = keyValue(random);
    KeyValues some = KeyValues.of(keyValue(random), keyValue(random), keyValue(random));
    switch (random.nextInt(8)) {
      case 0 -> context.addLowCardinalityKeyValue(one);
      case 1 -> context.addHighCardinalityKeyValue(one);
      case 2 -> context.addLowCardinalityKeyValues(some);
      case 3 -> context.addHighCardinalityKeyValues(some);
      case 4 -> context.removeLowCardinalityKeyValue(one.getKey());
      case 5 -> context.removeHighCardinalityKeyValue(one.getKey());
      case 6 -> context.removeLowCardinalityKeyValues(one.getKey(), "none such");
      default -> context.removeHighCardinalityKeyValues(one.getKey(), "none such");
    }
  }

  private static KeyValue keyValue(Random random) {
    return KeyValue.of(KEYS.get(random.nextInt(KEYS.size())), "v" + random.nextInt(3));
  }
}
