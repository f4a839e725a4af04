package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.bindingMissing;
import static dev.workerclient.TestRoute.dispatchMismatch;
import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.WorkerException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a call is named, and requests whose path and query are encoded already. */
class OperationTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();

  private String sentEncoded(String pathAndQuery) {
    fleet.proxy().answers(answered(200, ""));
    WorkerResponse unused = fleet.service().requestEncoded("GET", pathAndQuery).execute();
    return fleet.proxy().requests().get(0).getTarget();
  }

  @Test
  void aNameStandsInMessagesErrorsAndListeners() {
    List<String> heard = new ArrayList<>();
    WorkerService service =
        fleet.service(
            fleet
                .builder()
                .listener(
                    new CallListener() {
                      @Override
                      public void callStarted(CallInfo call) {
                        heard.add(call.operation());
                      }
                    }));
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(plain(404, ""));

    WorkerException failure =
        catchThrowableOfType(
            WorkerException.class,
            () ->
                service
                    .requestEncoded("GET", "/v1/capabilities/tts?x=1")
                    .operation("getCapability")
                    .fetch(String.class));

    assertThat(failure.serviceError().operation()).isEqualTo("getCapability");
    assertThat(failure).hasMessageContaining("getCapability").hasMessageNotContaining("tts");
    assertThat(heard).containsExactly("getCapability");
    assertThat(fleet.proxy().requests().get(0).getTarget()).isEqualTo("/v1/capabilities/tts?x=1");
    assertThat(service.get("/v1/{id}", 7).operation("one"))
        .hasToString("WorkerRequest{APIMOM one}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "a\u0000", "a\u2028b", "a\u202eb", "\ud800", "\u0085"})
  void aNameThatDoesNotFitALineIsRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fleet.service().get("/").operation(name))
        .withMessageContaining("write")
        .withMessageMatching("[^\\p{Cntrl}\u2028\u202e]*");
  }

  @Test
  void aNameHas200CharactersAtMost() {
    WorkerRequest request = fleet.service().get("/").operation("x".repeat(200));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> request.operation("x".repeat(201)))
        .withMessageContaining("at most 200 characters");
  }

  @Test
  void anotherClientsNameThatIsTooLongIsSkipped() {
    WorkerRequest request = fleet.service().requestEncoded("GET", "/a");

    assertThat(request.copyOperation("GET /" + "x".repeat(196)).toString()).contains("GET /a");
    assertThat(request.copyOperation("GET /" + "x".repeat(195)).toString()).contains("xxx");
    assertThatIllegalArgumentException().isThrownBy(() -> request.copyOperation("a\nb"));
  }

  @Test
  void anotherClientsHeadersAreSentButForTheLengthAndItsKeyMakesTheCallRepeatable() {
    fleet.proxy().answers(dispatchMismatch());
    fleet.domain().answers(plain(200, ""));

    fleet
        .service()
        .requestEncoded("POST", "/a")
        .copyHeader("content-length", "7")
        .copyHeader("IDEMPOTENCY-KEY", "order-7")
        .copyHeader("X-Tenant", "acme")
        .execute();

    Headers sent = fleet.domain().requests().get(0).getHeaders();
    assertThat(sent.get("Content-Length")).isEqualTo("0");
    assertThat(sent.get("Idempotency-Key")).isEqualTo("order-7");
    assertThat(sent.get("X-Tenant")).isEqualTo("acme");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fleet.service().requestEncoded("GET", "/").copyHeader("Host", "a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1/a%20b?x=1",
        "/a%2Fb%3F%23/;p=1,2:@!$&'()*+=~_.-?q=a+b%2B&q=&&r",
        "/a?",
        "/a?b?c/d",
        "/a?filter[x]={1|2}^`\\..",
        "/a/.../b..c/%2e%2e%2e?x=../..",
        "/a/%c3%bc/%25",
      })
  void whatIsEncodedIsSentAsItIs(String pathAndQuery) {

    assertThat(sentEncoded(pathAndQuery)).isEqualTo(pathAndQuery);
  }

  @Test
  void anApostropheInTheQueryIsEncoded() {
    assertThat(sentEncoded("/it's?it's")).isEqualTo("/it's?it%27s");
  }

  @Test
  void moreQueryIsAddedToIt() {
    fleet.proxy().answers(answered(200, ""));
    WorkerService service = fleet.service();

    service.requestEncoded("get", "/a?x=1").query("y", 2).execute();
    service.requestEncoded("GET", "/a?").query("y", 2).execute();
    service.requestEncoded("GET", "/a").query("y", 2).execute();

    assertThat(fleet.proxy().requests())
        .extracting(request -> request.getTarget())
        .containsExactly("/a?x=1&y=2", "/a?y=2", "/a?y=2");
  }

  @Test
  void withoutANameItIsMethodAndPathWithoutTheQuery() {
    assertThat(fleet.service().requestEncoded("delete", "/v1/a%20b?token=s3cret"))
        .hasToString("WorkerRequest{APIMOM DELETE /v1/a%20b}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://evil.example/ | write http://apimom as the base URL",
        "http://apimom.evil.example/ | write http://apimom as the base URL",
        "http://user:pw@apimom/ | write http://apimom as the base URL",
        "http://apimom:8080/ | write http://apimom as the base URL",
        "ftp://apimom/ | does not begin with /",
        "http://apimom//evil.example/ | begins with //",
        "http://apimom#x | fragment is never sent",
        "//evil.example/a | begins with //",
        "v1 | does not begin with /",
        "?x=1 | does not begin with /",
        "/a/../b | segment . or ..",
        "/a/%2e%2E/b?x | segment . or ..",
        "/a/.%2e | segment . or ..",
        "/./a | segment . or ..",
        "/a\\b | backslash",
        "/a#b | fragment is never sent",
        "/a?b#c | holds a # that is not encoded; write %23",
        "/a b | a space",
        "/a?b c | holds a space",
        "/a?bü | beyond ASCII",
        "/aü | beyond ASCII",
        "/a%zz | without two hex digits",
        "/a?%2 | write %25",
        "/a?<x> | holds a < that is not encoded; write %3C",
        "/v1/{id} | holds a { that is not encoded; write %7B",
      })
  void whatIsNotEncodedOrNotSafeIsRefused(String pathAndQuery, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fleet.service().requestEncoded("GET", pathAndQuery))
        .withMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({
    "http://apimom/v1/a%20b?x=1, /v1/a%20b?x=1",
    "HTTPS://ApiMom, /",
    "http://APIMOM?x=1, /?x=1",
  })
  void theHostOfAUrlIsTheServicesName(String url, String sent) {
    assertThat(sentEncoded(url)).isEqualTo(sent);
  }

  @Test
  void aHostHasHyphensForWhatIsNotValidInOne() {
    fleet.proxy().answers(answered(200, ""));
    WorkerService service = fleet.service(fleet.builder().service("ORDER_$DESK"), "ORDER_$DESK");

    service.requestEncoded("GET", "http://order--desk/a").execute();
    service.requestEncoded("GET", "http://order_$desk/b").execute();

    assertThat(fleet.proxy().requests())
        .extracting(request -> request.getTarget())
        .containsExactly("/a", "/b");
  }

  @Test
  void aMethodThatIsNotForwardedIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fleet.service().requestEncoded("TRACE", "/"))
        .withMessageContaining("write one of GET");
  }
}
