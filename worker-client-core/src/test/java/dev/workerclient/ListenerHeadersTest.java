package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.bindingMissing;
import static dev.workerclient.TestRoute.plain;
import static dev.workerclient.TestRoute.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.http.CallSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tracing needs: a span that stays with its call, and a header on each of its attempts. */
@Timeout(60)
class ListenerHeadersTest {
  /** The caller's context, as a tracing library has it. */
  private static final ThreadLocal<@Nullable String> TRACE = new ThreadLocal<>();

  private static final CallSpec SPEC =
      CallSpec.get(
          "A", "/", null, new CallSpec.Limits(Duration.ZERO, Duration.ZERO, Duration.ZERO, 1));

  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final TestTiming timing = new TestTiming();
  private final Tracing tracing = new Tracing();

  private WorkerService service(CallListener... listeners) {
    WorkerClient.Builder builder =
        WorkerClient.builder()
            .bindingProxy(fleet.proxy().url(), proxy -> proxy.bearerToken(() -> "proxy-token"))
            .service(
                "APIMOM",
                own ->
                    own.customDomain(
                        fleet.domain().url(),
                        domain -> domain.bearerToken("domain-token").rpcPath("/rpc")));
    List.of(listeners).forEach(builder::listener);
    return fleet.service(timing.in(builder));
  }

  private static List<@Nullable String> values(TestRoute route, String header) {
    List<@Nullable String> values = new ArrayList<>();
    route.requests().forEach(request -> values.add(request.getHeaders().get(header)));
    return values;
  }

  @Test
  void eachAttemptOnEachRouteHasAHeaderOfItsOwn() {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(plain(200, "{}"));
    TRACE.set("t1");

    service(tracing).post("/v1/orders").body("{}", "application/json").execute();

    assertThat(values(fleet.proxy(), "traceparent")).containsExactly("t1-1");
    assertThat(values(fleet.domain(), "traceparent")).containsExactly("t1-2");
    assertThat(tracing.ended).containsExactly("t1-1 binding-proxy", "t1-2 custom-domain", "t1");
    assertThat(fleet.domain().requests().get(0).getHeaders().get("Authorization"))
        .isEqualTo("Bearer domain-token");
  }

  @Test
  void aRepeatWithAFreshCredentialIsAnAttemptWithItsOwn() {
    AtomicInteger requests = new AtomicInteger();
    fleet
        .proxy()
        .answers(
            request ->
                requests.getAndIncrement() == 0
                    ? problem(401, "not-dispatched", "UNAUTHORIZED")
                    : answered(200, "{}"));
    TRACE.set("t2");

    service(tracing).get("/").execute();

    assertThat(values(fleet.proxy(), "traceparent")).containsExactly("t2-1", "t2-2");
  }

  @Test
  void rpcAndStreamedCallsHaveItToo() {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(plain(200, "{}"));
    WorkerService service = service(tracing);
    TRACE.set("r");
    service.rpc("hello").body("[]", "text/plain").execute();
    TRACE.set("s");
    service.get("/").executeStreaming().close();

    assertThat(values(fleet.proxy(), "traceparent")).containsExactly("r-1", "s-1");
    assertThat(values(fleet.domain(), "traceparent")).containsExactly("r-2", "s-2");
  }

  /** On the client's own threads, which have nobody's context. */
  @Test
  void asyncCallsKeepTheContextOfTheirOwnCaller() {
    fleet.proxy().answers(answered(200, "{}"));
    WorkerService service = service(tracing);
    List<CompletableFuture<WorkerResponse>> calls = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      TRACE.set("caller" + i);
      calls.add(service.get("/").header("X-Caller", "caller" + i).executeAsync());
    }
    TRACE.remove();
    calls.forEach(CompletableFuture::join);

    assertThat(fleet.proxy().requests()).hasSize(40);
    for (RecordedRequest request : fleet.proxy().requests()) {
      assertThat(request.getHeaders().values("traceparent"))
          .containsExactly(request.getHeaders().get("X-Caller") + "-1");
    }
  }

  @Test
  void aListenersHeaderReplacesTheRequestsAndTheLastListenerWins() {
    fleet.proxy().answers(answered(200, "{}"));

    service(adding("X-Trace", "one"), adding("x-trace", "two"))
        .get("/")
        .header("X-TRACE", "zero")
        .execute();

    assertThat(fleet.proxy().requests().get(0).getHeaders().values("X-Trace"))
        .containsExactly("two");
  }

  @ParameterizedTest
  @CsvSource({
    "Binding-Proxy-Target,OTHER",
    "Binding-Proxy-Authorization,Bearer stolen",
    "Authorization,Bearer stolen",
    "Cookie,a=b",
    "CF-Access-Client-Secret,stolen",
    "Idempotency-Key,k",
    "Content-Type,text/html",
    "Content-Length,1",
    "Host,elsewhere",
    "'X\n',y",
    "X-Bad,ü",
  })
  void aRefusedHeaderIsLoggedAndChangesNothing(String name, String value) {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(plain(200, "well"));

    try (LogCapture log = LogCapture.begin()) {
      WorkerResponse response =
          service(adding(name, value), adding("X-After", "there"))
              .post("/")
              .body("{}", "application/json")
              .execute();

      assertThat(response.string()).isEqualTo("well");
      assertThat(log.text()).contains("WARN the CallListener threw; the call is not affected");
    }
    RecordedRequest proxied = fleet.proxy().requests().get(0);
    RecordedRequest direct = fleet.domain().requests().get(0);
    assertThat(proxied.getHeaders().values("Binding-Proxy-Target")).containsExactly("APIMOM");
    assertThat(proxied.getHeaders().values("Binding-Proxy-Authorization"))
        .containsExactly("Bearer proxy-token");
    assertThat(direct.getHeaders().values("Authorization")).containsExactly("Bearer domain-token");
    for (RecordedRequest request : List.of(proxied, direct)) {
      assertThat(request.getHeaders().values("Content-Type")).containsExactly("application/json");
      assertThat(request.getHeaders().get("X-After")).isEqualTo("there");
      assertThat(request.getHeaders() + "").doesNotContain(value.length() > 1 ? value : "stolen");
    }
  }

  @Test
  void aHeaderThatIsTriedIsSkippedIfItIsRefused() {
    fleet.proxy().answers(answered(200, "{}"));
    CallListener trying =
        new CallListener() {
          @Override
          public void attemptStarted(CallInfo call, AttemptInfo attempt) {
            attempt.tryHeader("Cookie", "stolen");
            attempt.tryHeader("X-Trace", "one");
          }
        };

    try (LogCapture log = LogCapture.begin()) {
      service(trying).get("/").execute();

      assertThat(log.text()).doesNotContain("the CallListener threw").doesNotContain("stolen");
    }
    RecordedRequest sent = fleet.proxy().requests().get(0);
    assertThat(sent.getHeaders().get("Cookie")).isNull();
    assertThat(sent.getHeaders().get("X-Trace")).isEqualTo("one");
  }

  @Test
  void aHeaderAfterTheEventIsRefused() {
    fleet.proxy().answers(answered(200, "{}"));
    List<AttemptInfo> kept = new CopyOnWriteArrayList<>();
    CallListener keeping =
        new CallListener() {
          @Override
          public void attemptStarted(CallInfo call, AttemptInfo attempt) {
            kept.add(attempt);
          }
        };

    service(keeping).get("/").execute();

    assertThat(kept).hasSize(1);
    assertThat(kept.get(0)).hasToString("attempt 1 on binding-proxy");
    assertThatIllegalStateException()
        .isThrownBy(() -> kept.get(0).header("X-Late", "y"))
        .withMessageContaining("within attemptStarted(…)");
  }

  @Test
  void whatIsAttachedIsFoundByItsTypeAndOnItsCallAlone() {
    CallInfo call = new CallInfo(SPEC);
    call.attach(Span.class, new Span("first"));
    call.attach(Span.class, new Span("second"));
    call.attach(Integer.class, 5);

    assertThat(call.attached(Span.class)).isEqualTo(new Span("second"));
    assertThat(call.attached(Integer.class)).isEqualTo(5);
    assertThat(call.attached(String.class)).isNull();
    assertThat(new CallInfo(SPEC).attached(Span.class)).isNull();
  }

  private static CallListener adding(String name, String value) {
    return new CallListener() {
      @Override
      public void attemptStarted(CallInfo call, AttemptInfo attempt) {
        attempt.header(name, value);
      }
    };
  }

  private record Span(@Nullable String trace) {}

  private record AttemptSpan(String id) {}

  /** As a tracing library's listener works. */
  private static final class Tracing implements CallListener {
    private final List<String> ended = new CopyOnWriteArrayList<>();

    @Override
    public void callCreated(CallInfo call) {
      call.attach(Span.class, new Span(TRACE.get()));
    }

    @Override
    public void attemptStarted(CallInfo call, AttemptInfo attempt) {
      Span span = java.util.Objects.requireNonNull(call.attached(Span.class));
      String id = span.trace() + "-" + attempt.number();
      call.attach(AttemptSpan.class, new AttemptSpan(id));
      attempt.header("traceparent", id);
    }

    @Override
    public void attemptEnded(CallInfo call, Attempt attempt) {
      AttemptSpan span = java.util.Objects.requireNonNull(call.attached(AttemptSpan.class));
      ended.add(span.id() + " " + attempt.route());
    }

    @Override
    public void callEnded(
        CallInfo call,
        Duration elapsed,
        List<Attempt> attempts,
        @Nullable WorkerException failure) {
      ended.add("" + java.util.Objects.requireNonNull(call.attached(Span.class)).trace());
    }
  }
}
