package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.bindingMissing;
import static dev.workerclient.TestRoute.error1042;
import static dev.workerclient.TestRoute.plain;
import static dev.workerclient.TestRoute.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.workerclient.error.AccessDeniedException;
import dev.workerclient.error.WorkerException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What belongs to one route stays on it, and no secret comes out anywhere. */
class IsolationTest {
  private static final String PROXY_TOKEN = "s3cret-proxy-token-0123456789-abcdef";
  private static final String DOMAIN_TOKEN = "s3cret-domain-token-0123456789-abcdef";
  private static final String ACCESS_SECRET = "s3cret-access-0123456789";

  @RegisterExtension final TestFleet fleet = new TestFleet();

  private WorkerClient.Builder credentials() {
    return WorkerClient.builder()
        .bindingProxy(
            fleet.proxy().url(),
            proxy -> proxy.bearerToken(PROXY_TOKEN).accessServiceToken("id-1", ACCESS_SECRET))
        .service(
            "APIMOM",
            service ->
                service.customDomain(
                    fleet.domain().url(),
                    domain ->
                        domain.bearerToken(() -> DOMAIN_TOKEN + "\n").header("X-Tenant", "acme")));
  }

  @Test
  void eachRoutesCredentialsTravelOnThatRouteAlone() {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(plain(200, "{}"));

    fleet.service(credentials()).post("/v1/orders").execute();

    RecordedRequest toProxy = fleet.proxy().requests().get(0);
    assertThat(toProxy.getHeaders().get("Binding-Proxy-Authorization"))
        .isEqualTo("Bearer " + PROXY_TOKEN);
    assertThat(toProxy.getHeaders().get("CF-Access-Client-Secret")).isEqualTo(ACCESS_SECRET);
    assertThat(toProxy.getHeaders().toString()).doesNotContain(DOMAIN_TOKEN).doesNotContain("acme");
    assertThat(toProxy.getHeaders().get("Authorization")).isNull();

    RecordedRequest toDomain = fleet.domain().requests().get(0);
    assertThat(toDomain.getHeaders().get("Authorization")).isEqualTo("Bearer " + DOMAIN_TOKEN);
    assertThat(toDomain.getHeaders().get("X-Tenant")).isEqualTo("acme");
    assertThat(toDomain.getHeaders().names())
        .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("binding-proxy"))
        .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("cf-access"));
  }

  @Test
  void theApplicationsOwnAuthorizationPassesThroughTheProxyUntouched() {
    fleet.proxy().answers(answered(200, "{}"));

    fleet.service(credentials()).get("/").header("Authorization", "Basic dTpw").execute();

    assertThat(fleet.proxy().requests().get(0).getHeaders().get("Authorization"))
        .isEqualTo("Basic dTpw");
  }

  @Test
  void nothingSecretIsInWhatAFailingCallLeavesBehind() throws Exception {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(error1042());
    WorkerClient.Builder builder = credentials();
    WorkerClient client = builder.build();
    WorkerRequest request =
        client
            .service("APIMOM")
            .post("/v1/orders")
            .query("token", "s3cret-in-query")
            .header("Authorization", "Bearer s3cret-of-the-call")
            .body("s3cret-in-body", "text/plain");
    String log;
    WorkerException failure;
    try (LogCapture captured = LogCapture.begin()) {
      failure = (WorkerException) catchThrowable(request::execute);
      log = captured.text();
    }
    client.close();

    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    text.append(failure.serviceError().toString()).append(failure.attempts().toString());
    text.append(client.toString()).append(request.toString());
    text.append(client.service("APIMOM").toString()).append(log);
    text.append(serialized(failure));
    assertThat(text.toString()).contains("BINDING_NOT_FOUND").doesNotContain("s3cret");
    assertThat(log).contains("custom-domain: ERROR_1042").doesNotContain("s3cret");
  }

  private static String serialized(Throwable failure) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(failure);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void aTokenThatWasRotatedIsReadAgainOnceAfterTheProxys401() {
    fleet
        .proxy()
        .answers(
            request ->
                "Bearer new".equals(request.getHeaders().get("Binding-Proxy-Authorization"))
                    ? answered(200, "{}")
                    : problem(401, "not-dispatched", "UNAUTHORIZED"));
    Iterator<String> tokens = List.of("old", "new").iterator();
    WorkerClient.Builder rotating =
        WorkerClient.builder()
            .bindingProxy(fleet.proxy().url(), proxy -> proxy.bearerToken(tokens::next))
            .service("APIMOM");

    WorkerResponse response = fleet.service(rotating).post("/v1/orders").execute();

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.attempts())
        .extracting(attempt -> attempt.route() + " " + attempt.failure())
        .containsExactly("binding-proxy ACCESS_DENIED", "binding-proxy null");
  }

  @Test
  void a401AfterTheDispatchIsNotSentAgain() {
    fleet.proxy().answers(problem(401, "dispatch-threw", "UNAUTHORIZED"));
    WorkerClient.Builder rotating =
        WorkerClient.builder()
            .bindingProxy(fleet.proxy().url(), proxy -> proxy.bearerToken(() -> "token"))
            .service("APIMOM");

    assertThat(catchThrowable(() -> fleet.service(rotating).post("/v1/orders").execute()))
        .isInstanceOf(AccessDeniedException.class);

    assertThat(fleet.proxy().requests()).hasSize(1);
  }

  @Test
  void twoHeadersOfOneNameAreBothSentAndReplaceTheDefault() {
    fleet.domain().answers(plain(200, "{}"));
    WorkerClient.Builder twice =
        WorkerClient.builder()
            .service(
                "APIMOM",
                service ->
                    service.customDomain(
                        fleet.domain().url(),
                        domain -> domain.header("Accept", "a/b").header("Accept", "c/d")));

    fleet.service(twice).get("/").execute();

    assertThat(fleet.domain().requests().get(0).getHeaders().values("Accept"))
        .containsExactly("a/b", "c/d");
  }

  @Test
  void anEchoedRequestStandsInNoCause() throws Exception {
    try (ServerSocket echo = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread server = new Thread(() -> echoStart(echo));
      server.start();
      WorkerClient.Builder toEcho =
          WorkerClient.builder()
              .service(
                  "APIMOM",
                  service -> service.customDomain("http://127.0.0.1:" + echo.getLocalPort()));

      Throwable failure =
          catchThrowable(() -> fleet.service(toEcho).get("/v1").query("t", "s3cret").execute());

      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace, true));
      assertThat(trace.toString())
          .contains("the response is not valid HTTP")
          .doesNotContain("s3cret")
          .doesNotContain("\u001b");
      server.join();
    }
  }

  /** Answers with the start of the request, as its status line. */
  private static void echoStart(ServerSocket server) {
    try (Socket socket = server.accept()) {
      byte[] start = socket.getInputStream().readNBytes(20);
      socket.getOutputStream().write(start);
      socket.getOutputStream().write("\u001b\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aFixedTokenIsNotTriedAgainAfterA401() {
    fleet.proxy().answers(problem(401, "not-dispatched", "UNAUTHORIZED"));
    fleet.domain().answers(plain(200, "{}"));

    WorkerResponse response = fleet.service(credentials()).post("/v1/orders").execute();

    assertThat(fleet.proxy().requests()).hasSize(1);
    assertThat(response.route()).isEqualTo("custom-domain");
  }

  @Test
  void aTokenWithALineBreakInsideIsNeverSentNorQuoted() {
    WorkerClient.Builder broken =
        WorkerClient.builder()
            .bindingProxy(fleet.proxy().url(), proxy -> proxy.bearerToken(() -> "s3c\nret"))
            .service("APIMOM");

    Throwable failure = catchThrowable(() -> fleet.service(broken).get("/").execute());

    assertThat(failure).isInstanceOf(AccessDeniedException.class);
    assertThat(failure.getMessage()).doesNotContain("s3c").contains("at index 3");
    assertThat(fleet.proxy().requests()).isEmpty();
  }
}
