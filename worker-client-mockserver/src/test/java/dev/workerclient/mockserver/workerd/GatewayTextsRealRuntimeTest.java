package dev.workerclient.mockserver.workerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerResponse;
import dev.workerclient.error.BindingNotCallableException;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.DispatchMismatchException;
import dev.workerclient.error.RateLimitedException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerThrewException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A gateway of the user's own answers at the custom domain, calls the target over a binding, and
 * passes on what the real runtime threw. The first route is that domain, the second the proxy.
 */
@Tag("workerd")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.workerclient.mockserver.workerd.Installed#all")
class GatewayTextsRealRuntimeTest {
  private final RealFleet fleet;
  private final int gatewayRunsBefore;
  private final int otherRouteRunsBefore;

  GatewayTextsRealRuntimeTest(Installed runtime) {
    fleet = RealFleet.on(runtime);
    gatewayRunsBefore = fleet.runs("gateway");
    otherRouteRunsBefore = fleet.runs("behaves");
  }

  /** The target that goes wrong, its path, and what that becomes. */
  private enum Target {
    NO_RESPONSE_SYNC("/v1/orders", DispatchMismatchException.class, 1),
    NO_RESPONSE_ASYNC("/v1/orders", DispatchMismatchException.class, 1),
    NO_FETCH("/v1/orders", BindingNotCallableException.class, 0),
    HANGS("/never", WorkerThrewException.class, 1);

    final String path;
    final Class<? extends WorkerException> exception;
    final int runsOfACall;

    Target(String path, Class<? extends WorkerException> exception, int runsOfACall) {
      this.path = path;
      this.exception = exception;
      this.runsOfACall = runsOfACall;
    }

    String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** How the gateway passes the error on: its form and the status. */
  private record Passing(String form, int status) {
    static Stream<Passing> ways() {
      return Stream.of("message", "string", "stack", "json-message", "json-failed")
          .flatMap(form -> IntStream.of(500, 502).mapToObj(status -> new Passing(form, status)));
    }

    @Override
    public String toString() {
      return form + " with " + status;
    }
  }

  private record Case(Target target, Passing passing) {
    @Override
    public String toString() {
      return target + " as " + passing;
    }
  }

  private static Stream<Case> failures() {
    return Arrays.stream(Target.values())
        .flatMap(target -> Passing.ways().map(passing -> new Case(target, passing)));
  }

  private static Stream<Passing> ways() {
    return Passing.ways();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aPostIsTypedAndNotSentAgain(Case given) {
    Target target = given.target;
    int before = fleet.runs(target.id());
    try (WorkerClient client = client(target.id(), given.passing)) {
      WorkerException e = postFailure(client, target.path);
      assertThat(e).isExactlyInstanceOf(target.exception);
      assertThat(e.delivery()).isEqualTo(Delivery.UNKNOWN);
      assertThat(e.attempts()).hasSize(1);
      assertThat(e.serviceError().retryable()).isFalse();
    }
    assertThat(fleet.runs(target.id()) - before).isEqualTo(target.runsOfACall);
    assertThat(gatewayRuns()).isEqualTo(1);
    assertThat(otherRouteRuns()).isZero();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aGetGoesOnToTheOtherRoute(Case given) {
    Target target = given.target;
    int before = fleet.runs(target.id());
    try (WorkerClient client = client(target.id(), given.passing)) {
      WorkerResponse response = client.service("BEHAVES").get(target.path).execute();
      assertThat(response.route()).isEqualTo("binding-proxy");
      assertThat(response.attempts())
          .extracting(attempt -> attempt.route() + " " + attempt.delivery())
          .containsExactly("custom-domain UNKNOWN", "binding-proxy DELIVERED");
    }
    assertThat(fleet.runs(target.id()) - before).isEqualTo(target.runsOfACall);
    assertThat(gatewayRuns()).isEqualTo(1);
    assertThat(otherRouteRuns()).isEqualTo(1);
  }

  /** The target throws the words of an overloaded object, which fails on every route. */
  @ParameterizedTest
  @MethodSource("ways")
  void aGetGoesNowhereElseWhereTheOtherRouteFailsToo(Passing passing) {
    int before = fleet.runs("throws");
    try (WorkerClient client = client("throws", passing)) {
      WorkerException e =
          catchThrowableOfType(
              WorkerException.class, () -> client.service("BEHAVES").get("/overloaded").execute());
      assertThat(e).isExactlyInstanceOf(RateLimitedException.class);
      assertThat(e.delivery()).isEqualTo(Delivery.UNKNOWN);
      assertThat(e.attempts()).hasSize(1);
    }
    assertThat(fleet.runs("throws") - before).isEqualTo(1);
    assertThat(otherRouteRuns()).isZero();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anErrorOfTheTargetsOwnStaysAnAnswer(Passing passing) {
    int before = fleet.runs("throws");
    try (WorkerClient client = client("throws", passing)) {
      for (WorkerResponse response : bothMethods(client, "/boom")) {
        assertThat(response.status()).isEqualTo(passing.status);
        assertThat(response.string()).contains("boom");
        assertThat(response.route()).isEqualTo("custom-domain");
        assertThat(response.attempts()).hasSize(1);
      }
    }
    assertThat(fleet.runs("throws") - before).isEqualTo(2);
    assertThat(gatewayRuns()).isEqualTo(2);
    assertThat(otherRouteRuns()).isZero();
  }

  /** "Network connection lost." and "Worker not found.", which an application may say too. */
  @ParameterizedTest
  @MethodSource("ways")
  void aTextThatAnApplicationMaySayStaysAnAnswer(Passing passing) {
    try (WorkerClient client = client("throws", passing)) {
      for (String path : new String[] {"/network-lost", "/forged"}) {
        for (WorkerResponse response : bothMethods(client, path)) {
          assertThat(response.status()).isEqualTo(passing.status);
          assertThat(response.attempts()).hasSize(1);
        }
      }
    }
    assertThat(gatewayRuns()).isEqualTo(4);
    assertThat(otherRouteRuns()).isZero();
  }

  private static WorkerResponse[] bothMethods(WorkerClient client, String path) {
    return new WorkerResponse[] {
      client.service("BEHAVES").get(path).execute(),
      client.service("BEHAVES").post(path).body("{}", "application/json").execute()
    };
  }

  private static WorkerException postFailure(WorkerClient client, String path) {
    return catchThrowableOfType(
        WorkerException.class,
        () -> client.service("BEHAVES").post(path).body("{}", "application/json").execute());
  }

  /** The gateway first, which calls that target and passes on its error so; then the proxy. */
  private WorkerClient client(String target, Passing passing) {
    String gateway =
        String.join("/", fleet.url("direct-gateway"), target, passing.form, "" + passing.status);
    return fleet
        .builder(RealFleet.TOKEN)
        .service(
            "BEHAVES", own -> own.customDomain(gateway).routes("custom-domain", "binding-proxy"))
        .build();
  }

  private int gatewayRuns() {
    return fleet.runs("gateway") - gatewayRunsBefore;
  }

  private int otherRouteRuns() {
    return fleet.runs("behaves") - otherRouteRunsBefore;
  }
}
