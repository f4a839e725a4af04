package dev.workerclient.mockserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What its entries say word for word is compared with the real proxy's elsewhere. */
class MockDiagnoseTest {
  private final MockWorkers workers = MockWorkers.start();
  private final OkHttpClient http = new OkHttpClient();

  @AfterEach
  void close() {
    workers.reset();
    workers.close();
    http.connectionPool().evictAll();
  }

  @Test
  void tellsOfTheServicesWithABindingInOrder() {
    workers.service("SECOND_IN_THE_ALPHABET").binding();
    workers.service("APIMOM");
    workers.service("BOTH").binding();
    workers.service("BOTH").customDomain();
    workers.service("DOMAIN_ONLY").customDomain();

    assertThat(bindings(diagnose())).containsExactly("SECOND_IN_THE_ALPHABET", "APIMOM", "BOTH");
  }

  @Test
  void tellsOfNoneWhereTheTestNamedNone() {
    assertThat(diagnose()).isEqualTo("{\"bindings\":[]}");
  }

  @Test
  void tellsOfTheOneThatIsNamed() {
    workers.service("APIMOM");
    workers.service("AUDIT");

    assertThat(bindings(diagnose("Binding-Proxy-Target", "AUDIT"))).containsExactly("AUDIT");
    assertThat(diagnose("Binding-Proxy-Target", "OTHER")).contains("\"BINDING_NOT_ALLOWED\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"diagnose", "diagnose;bindings"})
  void isNoCallOfAService(String operation) {
    workers.service("APIMOM").binding();
    ask(workers.proxyToken(), operation);
    ask(workers.proxyToken(), operation, "Binding-Proxy-Target", "APIMOM");
    ask("another token", operation, "Binding-Proxy-Target", "APIMOM");
    ask(workers.proxyToken(), operation, "Binding-Proxy-Target", "NEVER_NAMED");

    assertThat(workers.service("APIMOM").binding().requests()).isEmpty();
    assertThat(workers.service("APIMOM").executions()).isZero();
    assertThat(workers.unexpectedRequests()).isEmpty();
    workers.verify();
  }

  @Test
  void doesNotStandInForTheCallThatAScriptWaitsFor() {
    workers.service("APIMOM").binding().answers(MockAnswer.text("well"));
    diagnose("Binding-Proxy-Target", "APIMOM");

    assertThatThrownBy(workers::verify).hasMessageContaining("no request came for");
  }

  @Test
  void usesUpNoStepOfASchedule() {
    workers
        .service("APIMOM")
        .binding()
        .fails(Fault.bindingMissing())
        .times(1)
        .thenAnswers(MockAnswer.text("well"));

    assertThat(diagnose()).contains("\"exists\":false");
    assertThat(diagnose()).contains("\"exists\":false");
    assertThat(call("APIMOM")).contains("\"BINDING_MISSING\"");
    assertThat(diagnose()).contains("\"exists\":true");
    assertThat(call("APIMOM")).isEqualTo("well");
  }

  @Test
  void drawsNothingFromAChance() {
    String undisturbed = draws(false);

    assertThat(undisturbed).contains("well").contains("BINDING_MISSING");
    assertThat(draws(true)).isEqualTo(undisturbed);
  }

  private String draws(boolean diagnosed) {
    workers.reset();
    workers
        .service("APIMOM")
        .binding()
        .answers(MockAnswer.text("well"))
        .sometimesFails(0.5, 42, Fault.bindingMissing());
    StringBuilder draws = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      if (diagnosed) {
        diagnose();
      }
      draws.append(call("APIMOM"));
    }
    return draws.toString();
  }

  @Test
  void isAnsweredWhereATargetWouldNotBe() {
    workers.service("HANGS").binding().fails(Fault.hang());
    workers.service("RESET").binding().fails(Fault.resetBeforeRead());
    workers.service("LATE").binding().fails(Fault.bindingMissing().withDelay(Duration.ofHours(1)));

    assertThat(bindings(diagnose("Binding-Proxy-Target", "RESET"))).containsExactly("RESET");
    assertThat(bindings(diagnose())).containsExactly("HANGS", "RESET", "LATE");
    assertThat(workers.service("RESET").binding().requests()).isEmpty();
  }

  @Test
  void leavesOutWhatTheProxyWouldKeepFromTheToken() {
    workers.service("APIMOM");
    workers.service("FORBIDDEN").binding().fails(Fault.forbidden());
    workers.service("UNLISTED").binding().fails(Fault.bindingNotAllowed());

    assertThat(bindings(diagnose())).containsExactly("APIMOM");
  }

  @Test
  void isRefusedWhereTheProxyItselfWouldRefuse() {
    workers.service("APIMOM");
    workers.service("AUDIT").binding().fails(Fault.proxyMisconfigured());
    assertThat(diagnose()).contains("\"PROXY_MISCONFIGURED\"");

    workers.service("AUDIT").binding().fails(Fault.unauthorized());
    assertThat(diagnose()).contains("\"UNAUTHORIZED\"");

    workers.service("AUDIT").binding().fails(Fault.error1042());
    assertThat(diagnose()).contains("1042");
    assertThat(bindings(diagnose("Binding-Proxy-Target", "APIMOM"))).containsExactly("APIMOM");
  }

  private static List<String> bindings(String report) {
    return Pattern.compile("\"binding\":\"(\\w+)\"")
        .matcher(report)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private String diagnose(String... headers) {
    return ask(workers.proxyToken(), "diagnose;bindings", headers);
  }

  private String call(String service) {
    return ask(workers.proxyToken(), "fetch", "Binding-Proxy-Target", service);
  }

  private String ask(String token, String operation, String... headers) {
    Request.Builder request =
        new Request.Builder()
            .url(workers.proxyUrl())
            .header("Binding-Proxy-Authorization", "Bearer " + token)
            .header("Binding-Proxy-Op", operation);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try (Response response = http.newCall(request.build()).execute()) {
      return response.body().string();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
