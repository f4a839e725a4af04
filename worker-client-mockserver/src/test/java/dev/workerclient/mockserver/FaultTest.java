package dev.workerclient.mockserver;

import static dev.workerclient.RouteKind.BINDING_PROXY;
import static dev.workerclient.RouteKind.CUSTOM_DOMAIN;
import static dev.workerclient.error.Delivery.DELIVERED;
import static dev.workerclient.error.Delivery.NOT_DELIVERED;
import static dev.workerclient.error.Delivery.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.RouteKind;
import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerRequest;
import dev.workerclient.WorkerResponse;
import dev.workerclient.error.AccessDeniedException;
import dev.workerclient.error.BindingNotCallableException;
import dev.workerclient.error.BindingNotFoundException;
import dev.workerclient.error.BindingProxyException;
import dev.workerclient.error.CloudflareErrorException;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.DispatchMismatchException;
import dev.workerclient.error.Error1042Exception;
import dev.workerclient.error.RateLimitedException;
import dev.workerclient.error.UnprovenResponseException;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerLimitException;
import dev.workerclient.error.WorkerThrewException;
import dev.workerclient.error.WorkerTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault, met by the real client. */
class FaultTest {
  private static final List<Row> ROWS =
      List.of(
          row(Fault.bindingMissing(), BINDING_PROXY, BindingNotFoundException.class, NOT_DELIVERED),
          row(
              Fault.bindingWrongKind(),
              BINDING_PROXY,
              BindingNotCallableException.class,
              NOT_DELIVERED),
          row(Fault.bindingNotAllowed(), BINDING_PROXY, AccessDeniedException.class, NOT_DELIVERED),
          row(Fault.unauthorized(), BINDING_PROXY, AccessDeniedException.class, NOT_DELIVERED),
          ran(Fault.dispatchMismatch(), BINDING_PROXY, DispatchMismatchException.class, DELIVERED),
          ran(
              Fault.dispatchMismatchAsync(),
              BINDING_PROXY,
              DispatchMismatchException.class,
              DELIVERED),
          ran(Fault.targetThrew(), BINDING_PROXY, WorkerThrewException.class, UNKNOWN),
          ran(Fault.targetHung(), BINDING_PROXY, WorkerThrewException.class, DELIVERED),
          row(Fault.error1042(), BINDING_PROXY, Error1042Exception.class, NOT_DELIVERED),
          row(Fault.error1042(), CUSTOM_DOMAIN, Error1042Exception.class, UNKNOWN),
          ran(Fault.error1101(), BINDING_PROXY, WorkerThrewException.class, UNKNOWN),
          ran(Fault.error1101(), CUSTOM_DOMAIN, WorkerThrewException.class, DELIVERED),
          row(Fault.error1015(), BINDING_PROXY, RateLimitedException.class, NOT_DELIVERED),
          row(Fault.error1015(), CUSTOM_DOMAIN, RateLimitedException.class, UNKNOWN),
          row(Fault.accessRedirect(), BINDING_PROXY, AccessDeniedException.class, UNKNOWN),
          row(Fault.accessRedirect(), CUSTOM_DOMAIN, AccessDeniedException.class, UNKNOWN),
          ran(Fault.hang(), BINDING_PROXY, WorkerTimeoutException.class, UNKNOWN),
          ran(Fault.hang(), CUSTOM_DOMAIN, WorkerTimeoutException.class, UNKNOWN),
          ran(Fault.resetBeforeAnswer(), BINDING_PROXY, WorkerConnectionException.class, UNKNOWN),
          ran(Fault.resetBeforeAnswer(), CUSTOM_DOMAIN, WorkerConnectionException.class, UNKNOWN),
          row(Fault.noFetchHandler(), BINDING_PROXY, BindingNotCallableException.class, UNKNOWN),
          row(Fault.forbidden(), BINDING_PROXY, AccessDeniedException.class, NOT_DELIVERED),
          row(Fault.methodNotAllowed(), BINDING_PROXY, AccessDeniedException.class, NOT_DELIVERED),
          row(Fault.badRequest(), BINDING_PROXY, BindingProxyException.class, NOT_DELIVERED),
          row(
              Fault.proxyMisconfigured(),
              BINDING_PROXY,
              BindingProxyException.class,
              NOT_DELIVERED),
          row(Fault.rpcNotAvailable(), BINDING_PROXY, BindingProxyException.class, NOT_DELIVERED),
          row(Fault.objectIdInvalid(), BINDING_PROXY, BindingProxyException.class, NOT_DELIVERED),
          row(Fault.bodyTooLarge(), BINDING_PROXY, WorkerLimitException.class, NOT_DELIVERED),
          ran(Fault.timedOut(), BINDING_PROXY, WorkerTimeoutException.class, UNKNOWN),
          ran(Fault.resultNotData(), BINDING_PROXY, BindingProxyException.class, UNKNOWN),
          ran(Fault.objectReset(), BINDING_PROXY, BindingProxyException.class, UNKNOWN),
          ran(Fault.objectOverloaded(), BINDING_PROXY, RateLimitedException.class, UNKNOWN),
          ran(Fault.networkLost(), BINDING_PROXY, BindingProxyException.class, UNKNOWN),
          row(Fault.unmarkedAnswer(), BINDING_PROXY, UnprovenResponseException.class, UNKNOWN),
          row(Fault.nothingHereYet(), CUSTOM_DOMAIN, Error1042Exception.class, UNKNOWN),
          row(Fault.accessLogin(), CUSTOM_DOMAIN, AccessDeniedException.class, UNKNOWN),
          row(Fault.accessDenied(), BINDING_PROXY, AccessDeniedException.class, UNKNOWN),
          row(Fault.challenge(), CUSTOM_DOMAIN, AccessDeniedException.class, UNKNOWN),
          row(Fault.bareStatus(522), CUSTOM_DOMAIN, CloudflareErrorException.class, UNKNOWN),
          ran(
              Fault.gatewayPassesOnDispatchMismatch(),
              CUSTOM_DOMAIN,
              DispatchMismatchException.class,
              UNKNOWN),
          row(Fault.resetBeforeRead(), BINDING_PROXY, WorkerConnectionException.class, UNKNOWN),
          row(Fault.resetBeforeRead(), CUSTOM_DOMAIN, WorkerConnectionException.class, UNKNOWN),
          ran(Fault.truncatedBody(), BINDING_PROXY, WorkerConnectionException.class, DELIVERED),
          ran(Fault.truncatedBody(), CUSTOM_DOMAIN, WorkerConnectionException.class, UNKNOWN),
          ran(Fault.stalledBody(), BINDING_PROXY, WorkerTimeoutException.class, DELIVERED),
          ran(Fault.stalledBody(), CUSTOM_DOMAIN, WorkerTimeoutException.class, UNKNOWN),
          ran(Fault.gzipBomb(), BINDING_PROXY, WorkerDecodingException.class, DELIVERED),
          ran(Fault.gzipBomb(), CUSTOM_DOMAIN, WorkerDecodingException.class, DELIVERED));

  /** What another route would refuse as well. */
  private static final Set<String> OF_THE_REQUEST =
      Set.of(Fault.rpcNotAvailable().toString(), Fault.objectIdInvalid().toString());

  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  static Stream<Arguments> faultsInBothStyles() {
    return ROWS.stream()
        .flatMap(row -> Stream.of(Style.values()).map(style -> Arguments.of(row, style)));
  }

  static Stream<Arguments> faultsOfTheBinding() {
    return faultsInBothStyles().filter(each -> ((Row) each.get()[0]).route == BINDING_PROXY);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("faultsInBothStyles")
  void comesAsItsExceptionWithItsRouteAndDelivery(Row row, Style style) {
    MockService service = workers.service("APIMOM");
    route(service, row.route).fails(row.fault);
    try (WorkerClient client = impatientClient()) {
      WorkerException e =
          catchThrowableOfType(WorkerException.class, () -> style.execute(order(client)));
      assertThat(e).isExactlyInstanceOf(row.exception);
      assertThat(e.delivery()).isEqualTo(row.delivery);
      assertThat(e.attempts())
          .singleElement()
          .satisfies(attempt -> assertThat(attempt.route()).isEqualTo(row.route.routeName()));
    }
    assertThat(route(service, row.route).executions()).isEqualTo(row.executions);
    assertThat(service.executions()).isEqualTo(row.executions);
    assertThat(route(service, row.route).requests()).hasSize(1);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("faultsOfTheBinding")
  void onThePostsFirstRouteNeverRunsTheTargetTwice(Row row, Style style) {
    MockService service = workers.service("APIMOM");
    service.binding().fails(row.fault);
    service.customDomain().answers(MockAnswer.json("{}"));
    boolean goesOn =
        row.delivery == NOT_DELIVERED && !OF_THE_REQUEST.contains(row.fault.toString());
    try (WorkerClient client = impatientClient()) {
      WorkerRequest order = order(client);
      if (goesOn) {
        assertThat(style.execute(order).route()).isEqualTo("custom-domain");
      } else {
        assertThatThrownBy(() -> style.execute(order)).isExactlyInstanceOf(row.exception);
      }
    }
    assertThat(service.customDomain().executions()).isEqualTo(goesOn ? 1 : 0);
    assertThat(service.executions()).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void unavailableRetryAfterZeroIsTheTargetsAnswerToAPostThatArrivesOnce(RouteKind kind) {
    MockRoute route = route(workers.service("APIMOM"), kind);
    route.fails(Fault.unavailableRetryAfterZero());
    WorkerRequest withoutBody = workers.client().service("APIMOM").post("/v1/orders");
    for (WorkerRequest request : List.of(order(workers.client()), withoutBody)) {
      int before = route.executions();
      WorkerResponse response = request.execute();
      assertThat(response.status()).isEqualTo(503);
      assertThat(response.header("Retry-After")).isEqualTo("0");
      assertThat(route.executions() - before).isEqualTo(1);
    }
    assertThat(route.requests()).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void aConnectionDroppedAfterItWasUsedBeforeBringsAPostOnce(RouteKind kind) {
    MockRoute route = route(workers.service("APIMOM"), kind);
    WorkerClient client = workers.client();
    route.answers(MockAnswer.status(200));
    order(client).execute();
    route.fails(Fault.resetBeforeAnswer());
    assertThatThrownBy(() -> order(client).execute())
        .isExactlyInstanceOf(WorkerConnectionException.class);
    assertThatThrownBy(() -> client.service("APIMOM").post("/v1/orders").execute())
        .isExactlyInstanceOf(WorkerConnectionException.class);
    assertThat(route.executions()).isEqualTo(3);
  }

  static Stream<RouteKind> routes() {
    return Stream.of(RouteKind.values());
  }

  @Test
  void error1015TellsHowLongToWait() {
    workers.service("APIMOM").customDomain().fails(Fault.error1015());
    RateLimitedException e =
        catchThrowableOfType(RateLimitedException.class, () -> order(workers.client()).execute());
    assertThat(e.serviceError().retryAfter()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void anAnswerOfTheProxyCannotBeScriptedOnTheCustomDomain() {
    MockRoute domain = workers.service("APIMOM").customDomain();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> domain.fails(Fault.bindingMissing()))
        .withMessageContaining("script it on binding()");
  }

  private static MockRoute route(MockService service, RouteKind kind) {
    return kind == BINDING_PROXY ? service.binding() : service.customDomain();
  }

  private static WorkerClient impatientClient() {
    return workers.builder().attemptTimeout(Duration.ofMillis(400)).build();
  }

  private static WorkerRequest order(WorkerClient client) {
    return client.service("APIMOM").post("/v1/orders").body("{\"item\":1}", "application/json");
  }

  private static Row row(
      Fault fault, RouteKind route, Class<? extends WorkerException> exception, Delivery delivery) {
    return new Row(fault, route, exception, delivery, 0);
  }

  private static Row ran(
      Fault fault, RouteKind route, Class<? extends WorkerException> exception, Delivery delivery) {
    return new Row(fault, route, exception, delivery, 1);
  }

  private record Row(
      Fault fault,
      RouteKind route,
      Class<? extends WorkerException> exception,
      Delivery delivery,
      int executions) {
    @Override
    public String toString() {
      return fault + " on " + route.routeName();
    }
  }
}
