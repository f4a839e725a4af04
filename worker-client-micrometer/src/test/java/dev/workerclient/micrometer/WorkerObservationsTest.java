package dev.workerclient.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.error.WorkerException;
import dev.workerclient.micrometer.WorkerObservationDocumentation.HighCardinalityKeyNames;
import dev.workerclient.micrometer.WorkerObservationDocumentation.LowCardinalityKeyNames;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockWorkersExtension;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What observations carry, whose children they are, and how users change them. */
@Timeout(60)
class WorkerObservationsTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();
  private final ObservationRegistry registry = ObservationRegistry.create();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final List<Observation.Context> started = new CopyOnWriteArrayList<>();
  private final List<Observation.Context> ended = new CopyOnWriteArrayList<>();

  @BeforeEach
  void setUp() {
    registry
        .observationConfig()
        .observationHandler(
            new ObservationHandler<Observation.Context>() {
              @Override
              public void onStart(Observation.Context context) {
                started.add(context);
              }

              @Override
              public void onStop(Observation.Context context) {
                ended.add(context);
              }

              @Override
              public boolean supportsContext(Observation.Context context) {
                return true;
              }
            })
        .observationHandler(new DefaultMeterObservationHandler(meters));
  }

  @AfterEach
  void nothingStaysOpen() {
    assertThat(registry.getCurrentObservation()).isNull();
  }

  private void call(WorkerObservations observations) {
    try (WorkerClient client = workers.builder().listener(observations).build()) {
      WorkerService orders = client.service("ORDERS");
      orders.get("/v1/orders/{id}", 7).query("token", "s3cret").execute();
    }
  }

  private static void fallback() {
    workers.service("ORDERS").binding().fails(Fault.bindingMissing());
    workers
        .service("ORDERS")
        .customDomain()
        .answers(MockAnswer.json("{}").withHeader("cf-ray", "8f1b2c3d4e5f6a7b-FRA"));
  }

  private static Map<String, String> values(KeyValues values) {
    return values.stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
  }

  @Test
  void aCallIsTheParentOfItsAttemptsAndAChildOfItsCaller() {
    fallback();
    Observation caller = Observation.start("caller", registry);

    caller.scoped(() -> call(WorkerObservations.of(registry)));

    assertThat(ended)
        .extracting(Observation.Context::getName)
        .containsExactly("worker.client.attempt", "worker.client.attempt", "worker.client.call");
    Observation.Context call = ended.get(2);
    assertThat(Objects.requireNonNull(call.getParentObservation()).getContextView())
        .isSameAs(caller.getContext());
    assertThat(ended.subList(0, 2))
        .allSatisfy(
            attempt ->
                assertThat(Objects.requireNonNull(attempt.getParentObservation()).getContextView())
                    .isSameAs(call));
  }

  @Test
  void theKeyValuesAreThoseOfTheDocumentation() {
    fallback();

    call(WorkerObservations.of(registry));

    String url = workers.customDomainUrl("ORDERS");
    assertThat(ended.get(1).getContextualName()).isEqualTo("GET /v1/orders/{id}");
    assertThat(values(ended.get(1).getLowCardinalityKeyValues()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "service", "ORDERS",
                "operation", "GET /v1/orders/{id}",
                "route", "custom-domain",
                "outcome", "SUCCESS"));
    assertThat(values(ended.get(1).getHighCardinalityKeyValues()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "http.request.method", "GET",
                "url.full", url + "/v1/orders/7?token=REDACTED",
                "server.address", "127.0.0.1",
                "server.port", String.valueOf(URI.create(url).getPort()),
                "http.response.status_code", "200",
                "http.request.resend_count", "1",
                "worker.delivery", "DELIVERED",
                "cf.ray", "8f1b2c3d4e5f6a7b-FRA"));
    assertThat(ended.get(2).getContextualName()).isEqualTo("ORDERS GET /v1/orders/{id}");
    assertThat(values(ended.get(2).getLowCardinalityKeyValues()))
        .containsOnlyKeys(names(LowCardinalityKeyNames.values()))
        .containsEntry("route", "custom-domain")
        .containsEntry("outcome", "SUCCESS");
    assertThat(values(ended.get(2).getHighCardinalityKeyValues()))
        .containsExactlyEntriesOf(Map.of("worker.attempts", "2"));
    Set<String> documented = new TreeSet<>(List.of(names(HighCardinalityKeyNames.values())));
    Set<String> seen =
        ended.stream()
            .flatMap(context -> context.getHighCardinalityKeyValues().stream())
            .map(KeyValue::getKey)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(seen).isEqualTo(documented);
    assertThat(
            Arrays.stream(WorkerObservationDocumentation.values())
                .flatMap(each -> Stream.of(each.getHighCardinalityKeyNames()))
                .map(KeyName::asString))
        .containsExactlyInAnyOrderElementsOf(documented);
  }

  private static String[] names(KeyName[] keys) {
    return Arrays.stream(keys).map(KeyName::asString).toArray(String[]::new);
  }

  @Test
  void aFailureIsTheErrorOfItsObservation() {
    workers.service("ORDERS").binding().fails(Fault.error1042());

    assertThatExceptionOfType(WorkerException.class)
        .isThrownBy(() -> call(WorkerObservations.of(registry)))
        .satisfies(failure -> assertThat(ended.get(1).getError()).isSameAs(failure));

    assertThat(ended.get(0).getError())
        .hasMessageStartingWith("ERROR_1042: ")
        .satisfies(error -> assertThat(error.getStackTrace()).isEmpty());
    assertThat(values(ended.get(1).getLowCardinalityKeyValues()))
        .containsEntry("outcome", "ERROR_1042");
  }

  /** One dashboard fits both. */
  @Test
  void theTimersAreThoseOfWorkerMetrics() {
    fallback();
    call(WorkerObservations.of(registry));
    MeterRegistry others = new SimpleMeterRegistry();
    try (WorkerClient client = workers.builder().listener(WorkerMetrics.of(others)).build()) {
      client.service("ORDERS").get("/v1/orders/{id}", 7).execute();
    }

    assertThat(ids(meters, id -> !id.endsWith(".active")))
        .isEqualTo(ids(others, id -> !id.equals("worker.client.fallbacks")))
        .hasSize(3);
  }

  private static Set<String> ids(MeterRegistry registry, Predicate<String> named) {
    return registry.getMeters().stream()
        .filter(meter -> named.test(meter.getId().getName()))
        .map(meter -> meter.getId().getName() + meter.getId().getTags())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void aConventionReplacesNamesAndKeyValues() {
    fallback();
    DefaultWorkerAttemptObservationConvention attempts =
        new DefaultWorkerAttemptObservationConvention() {
          @Override
          public KeyValues getHighCardinalityKeyValues(WorkerAttemptContext context) {
            return KeyValues.of("tenant", "acme");
          }
        };

    call(
        WorkerObservations.builder(registry)
            .callConvention(new Renamed())
            .attemptConvention(attempts)
            .build());

    assertThat(ended.get(2).getName()).isEqualTo("workers");
    assertThat(values(ended.get(0).getHighCardinalityKeyValues()))
        .isEqualTo(Map.of("tenant", "acme"));
  }

  @Test
  void aConventionOfTheRegistryReplacesThemToo() {
    fallback();
    registry.observationConfig().observationConvention(new Renamed());

    call(WorkerObservations.of(registry));

    assertThat(ended.get(2).getName()).isEqualTo("workers");
  }

  private static final class Renamed extends DefaultWorkerCallObservationConvention
      implements GlobalObservationConvention<WorkerCallContext> {
    @Override
    public String getName() {
      return "workers";
    }
  }

  @Test
  void withoutObservationsOfCallsAttemptsAreChildrenOfTheCaller() {
    fallback();
    registry
        .observationConfig()
        .observationPredicate((name, context) -> !name.equals("worker.client.call"));
    Observation caller = Observation.start("caller", registry);

    try (WorkerClient client =
        workers.builder().listener(WorkerObservations.of(registry)).build()) {
      caller.scoped(() -> client.service("ORDERS").get("/").executeAsync()).join();
    }

    assertThat(ended).hasSize(2);
    assertThat(ended)
        .allSatisfy(
            attempt ->
                assertThat(Objects.requireNonNull(attempt.getParentObservation()).getContextView())
                    .isSameAs(caller.getContext()));
  }

  @Test
  void ofTwoListenersTheFirstObserves() {
    fallback();
    WorkerObservations observations = WorkerObservations.of(registry);
    try (WorkerClient client =
        workers
            .builder()
            .listener(observations)
            .listener(WorkerObservations.of(registry))
            .build()) {
      client.service("ORDERS").get("/").execute();
    }

    assertThat(started).hasSize(3).containsExactlyInAnyOrderElementsOf(ended);
  }

  @Test
  void aRegistryWithoutHandlersCostsNothing() {
    fallback();

    call(WorkerObservations.of(ObservationRegistry.NOOP));

    assertThat(ended).isEmpty();
  }
}
