package dev.workerclient.mockserver.workerd;

import static dev.workerclient.error.Delivery.DELIVERED;
import static dev.workerclient.error.Delivery.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.HealthReport;
import dev.workerclient.RetryOptions;
import dev.workerclient.RouteKind;
import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.error.BindingNotCallableException;
import dev.workerclient.error.BindingProxyException;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.DispatchMismatchException;
import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerNotFoundException;
import dev.workerclient.error.WorkerRpcException;
import dev.workerclient.error.WorkerThrewException;
import dev.workerclient.error.WorkerTimeoutException;
import dev.workerclient.health.HealthStatus;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.workerd.WranglerDevServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a developer meets under {@code wrangler dev}: the binding proxy in one session, its target
 * in another, called through the proxy by fetch and by RPC, and at the target's own port.
 */
@Tag("workerd")
@Timeout(120)
@ParameterizedClass(name = "{0}")
@MethodSource("dev.workerclient.mockserver.workerd.InstalledWrangler#all")
class WranglerDevRealRuntimeTest {
  private static final String START_IT = "npx wrangler dev";
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private static @TempDir @Nullable Path folder;
  private static @Nullable WranglerDevServer proxy;
  private static @Nullable WranglerDevServer target;
  private static @Nullable WorkerClient client;

  private final InstalledWrangler installed;

  WranglerDevRealRuntimeTest(InstalledWrangler installed) {
    this.installed = installed;
  }

  interface Api {
    String ok();

    String fails();

    String hangs();
  }

  /** A call that fails, and what a user gets to know of it. */
  enum Failing {
    THROWS("TARGET", "/throws", WorkerThrewException.class, UNKNOWN, "TARGET_THREW", "logs"),
    ENTRYPOINT_THROWS("ADMIN", "/throws", WorkerThrewException.class, UNKNOWN, "_THREW", "logs"),
    RETURNS_NOTHING(
        "TARGET", "/nothing", DispatchMismatchException.class, DELIVERED, "NO_RESPONSE", "return"),
    HANGS("TARGET", "/hangs", WorkerThrewException.class, DELIVERED, "TARGET_HUNG", "promise"),
    WAITS("TARGET", "/waits", WorkerTimeoutException.class, UNKNOWN, "", "attemptTimeout"),
    NO_FETCH(
        "METHODS", "/", BindingNotCallableException.class, UNKNOWN, "NO_FETCH_HANDLER", "export"),
    NO_ENTRYPOINT(
        "MISSPELT",
        "/ok",
        BindingNotCallableException.class,
        UNKNOWN,
        "ENTRYPOINT_MISSING",
        "\"entrypoint\""),
    NO_CLASS(
        "HALLS",
        "/ok",
        BindingNotCallableException.class,
        UNKNOWN,
        "ENTRYPOINT_MISSING",
        "\"class_name\""),
    OBJECT_THROWS("ROOMS", "/throws", WorkerThrewException.class, UNKNOWN, "TARGET_THREW", "logs"),
    NOT_STARTED(
        "ABSENT", "/ok", WorkerNotFoundException.class, UNKNOWN, "TARGET_NOT_RUNNING", START_IT),
    OBJECT_NOT_STARTED(
        "ABSENT_ROOMS",
        "/ok",
        WorkerNotFoundException.class,
        UNKNOWN,
        "TARGET_NOT_RUNNING",
        START_IT);

    final String binding;
    final String path;
    final Class<? extends WorkerException> type;
    final Delivery delivery;
    final String says;
    final String fix;

    Failing(
        String binding,
        String path,
        Class<? extends WorkerException> type,
        Delivery delivery,
        String says,
        String fix) {
      this.binding = binding;
      this.path = path;
      this.type = type;
      this.delivery = delivery;
      this.says = says;
      this.fix = fix;
    }
  }

  @BeforeParameterizedClassInvocation
  static void start(InstalledWrangler installed) {
    Path registry = Objects.requireNonNull(folder).resolve("registry of " + installed.name());
    proxy = installed.server().config(config("proxy")).registry(registry).start();
    target = installed.server().config(config("worker")).registry(registry).start();
    client =
        WorkerClient.builder()
            .bindingProxy(proxy.url())
            .attemptTimeout(LIMIT)
            .retry(RetryOptions.builder().maxAttempts(1).build())
            .service("TARGET", service -> service.healthPath("/ok"))
            .service("ADMIN")
            .service("METHODS")
            .service("ROOMS")
            .service("HALLS")
            .service("ABSENT_ROOMS")
            .service("MISSPELT", service -> service.healthPath("/ok"))
            .service("ABSENT", service -> service.healthPath("/ok"))
            .service(
                "OWN_PORT",
                service -> service.customDomain(target().url()).routes(RouteKind.CUSTOM_DOMAIN))
            .build();
    InstalledWrangler.awaitOk(client.service("TARGET"));
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    for (AutoCloseable opened : new AutoCloseable[] {client, proxy, target}) {
      try {
        opened.close();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFetchThatFails(Failing row) {
    assertFails(row, () -> service(row.binding).post(row.path).execute());
  }

  @ParameterizedTest
  @EnumSource(names = {"HANGS", "NO_ENTRYPOINT", "NO_CLASS", "NOT_STARTED", "OBJECT_NOT_STARTED"})
  void aMethodThatCannotBeCalled(Failing row) {
    String binding = row == Failing.HANGS ? "ADMIN" : row.binding;
    Api api = Rpc.of(service(binding), Api.class);

    WorkerException failure =
        failure(
            row,
            () -> {
              String unused = row == Failing.HANGS ? api.hangs() : api.ok();
            });

    assertThat(failure).hasMessageContaining(row.says);
    assertThat(failure.delivery()).isEqualTo(UNKNOWN);
    assertThat(failure.diagnosis().fix()).contains(row.fix);
  }

  @Test
  void aMethodThatThrowsIsToldAsItsOwnError() {
    Api api = Rpc.of(service("ADMIN"), Api.class);

    WorkerRpcException failure = catchThrowableOfType(WorkerRpcException.class, api::fails);

    assertThat(failure.remoteType()).isEqualTo("TypeError");
    assertThat(failure.remoteMessage()).isEqualTo("boom");
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void atItsOwnPortATargetThatThrowsIsKnownWhateverTheCallAccepts(@Nullable String accept) {
    WorkerThrewException failure =
        catchThrowableOfType(WorkerThrewException.class, () -> ownPort("/throws", accept));

    assertThat(failure).hasMessageContaining("wrangler dev reports \"TypeError");
    assertThat(failure.delivery()).isEqualTo(DELIVERED);
    assertThat(failure.diagnosis().fix()).contains("output of wrangler dev");
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void atItsOwnPortATargetThatReturnsNothingOrHangsIsKnown(@Nullable String accept) {
    assertThat(
            catchThrowableOfType(
                DispatchMismatchException.class, () -> ownPort("/nothing", accept)))
        .isNotNull();
    assertThat(catchThrowableOfType(WorkerThrewException.class, () -> ownPort("/hangs", accept)))
        .hasMessageContaining("had hung");
    assertThat(ownPort("/ok", accept)).isEqualTo("ok");
  }

  static @Nullable String[] accepted() {
    return new @Nullable String[] {null, "application/json", "text/html", "*/*"};
  }

  @Test
  void healthSaysWhichTargetsToStartOrToCorrect() {
    HealthReport health = client().health();

    assertThat(health.service("TARGET").status()).isEqualTo(HealthStatus.UP);
    assertThat(health.service("METHODS").status()).isEqualTo(HealthStatus.UP);
    assertThat(health.service("ROOMS").status()).isEqualTo(HealthStatus.UP);
    assertThat(fixOf(health, "ABSENT")).contains(START_IT);
    assertThat(fixOf(health, "MISSPELT")).contains("\"entrypoint\"");
    assertThat(client().service("METHODS").diagnose().passed()).isTrue();
    assertThat(client().service("ABSENT").diagnose().passed()).isFalse();
  }

  @Test
  void aTargetThatStartsLaterIsReachedAndOneThatStopsIsMissedAgain() throws IOException {
    Path later = Files.createDirectory(folder().resolve("later on " + installed.name()));
    Files.copy(config("worker").resolveSibling("worker.mjs"), later.resolve("worker.mjs"));
    Path config = later.resolve("wrangler.jsonc");
    Files.writeString(
        config, Files.readString(config("worker")).replace("\"target\"", "\"absent\""));
    WorkerService absent = service("ABSENT");
    Path registry = folder().resolve("registry of " + installed.name());

    try (WranglerDevServer started = installed.server().config(config).registry(registry).start()) {
      assertThat(started.port()).isPositive();
      InstalledWrangler.awaitOk(absent);
      assertThat(Rpc.of(service("ABSENT_ROOMS"), Api.class).ok()).isEqualTo("ok");
    }

    WorkerException failure =
        catchThrowableOfType(WorkerException.class, () -> absent.get("/ok").execute());
    assertThat(failure).isInstanceOfAny(WorkerNotFoundException.class, BindingProxyException.class);
    assertThat(failure.diagnosis().fix()).contains("wrangler dev");
  }

  private static void assertFails(Failing row, Runnable call) {
    WorkerException failure = failure(row, call);

    assertThat(failure).isNotNull().hasMessageContaining(row.says);
    assertThat(failure.delivery()).isEqualTo(row.delivery);
    assertThat(failure.diagnosis().fix()).contains(row.fix);
    assertThat(failure.attempts()).hasSize(1);
  }

  /** Wrangler dev loses a connection now and then, at once: only a failure that lasts counts. */
  private static WorkerException failure(Failing row, Runnable call) {
    WorkerException failure = catchThrowableOfType(WorkerException.class, call::run);
    for (int again = 0; again < 20 && isLostConnection(failure); again++) {
      failure = catchThrowableOfType(WorkerException.class, call::run);
    }
    assertThat(failure).isInstanceOf(row.type);
    return failure;
  }

  private static boolean isLostConnection(WorkerException failure) {
    return failure instanceof BindingProxyException
        && failure.serviceError().message().contains("NETWORK_LOST");
  }

  private static String ownPort(String path, @Nullable String accept) {
    var request = client().service("OWN_PORT").post(path);
    return (accept == null ? request : request.header("Accept", accept)).execute().string();
  }

  private static WorkerService service(String binding) {
    WorkerService service = client().service(binding);
    return binding.endsWith("S") && !binding.equals("METHODS")
        ? service.durableObject("room-1")
        : service;
  }

  private static String fixOf(HealthReport health, String service) {
    assertThat(health.service(service).status()).isEqualTo(HealthStatus.DOWN);
    ServiceError error = health.service(service).route("binding-proxy").error();
    return Objects.requireNonNull(error).diagnosis().fix();
  }

  private static Path config(String name) {
    return Installed.inProxyFolder("test/dev").resolve(name).resolve("wrangler.jsonc");
  }

  private static Path folder() {
    return Objects.requireNonNull(folder);
  }

  private static WorkerClient client() {
    return Objects.requireNonNull(client);
  }

  private static WranglerDevServer target() {
    return Objects.requireNonNull(target);
  }
}
