package dev.workerclient.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.CallInfo;
import dev.workerclient.CallListener;
import dev.workerclient.WorkerClient;
import dev.workerclient.error.Error1042Exception;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockRoute;
import dev.workerclient.mockserver.MockWorkers;
import dev.workerclient.mockserver.RecordedRequest;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** What Spring's clients make of the factory; the adapters' common scenarios are elsewhere. */
@Timeout(30)
class RestClientTest {
  record Order(String id, int cents) {}

  interface Orders {
    @GetExchange("/v1/orders/{id}")
    Order find(@PathVariable String id, @RequestParam boolean full);

    @PostExchange("/v1/orders")
    Order place(@RequestBody Order order, @RequestHeader("Idempotency-Key") String key);

    @GetExchange("/v1/export")
    InputStream export(@RequestAttribute(WorkerClientHttpRequestFactory.STREAMING) boolean streams);
  }

  private final MockWorkers workers = MockWorkers.start();
  private final List<String> operations = new CopyOnWriteArrayList<>();
  private final MockRoute binding = workers.service("ORDERS").binding();
  private final MockRoute domain = workers.service("ORDERS").customDomain();
  private final WorkerClient client =
      workers
          .builder()
          .listener(
              new CallListener() {
                @Override
                public void callStarted(CallInfo call) {
                  operations.add(call.operation());
                }
              })
          .build();

  @AfterEach
  void disconnect() {
    client.close();
    workers.close();
  }

  private RestClient.Builder builder() {
    return RestClient.builder()
        .requestFactory(new WorkerClientHttpRequestFactory(client.service("ORDERS")));
  }

  private Orders orders(RestClient rest) {
    return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(rest))
        .build()
        .createClient(Orders.class);
  }

  @Test
  void noBaseUrlIsNeeded() {
    binding.answers(MockAnswer.json("{\"id\":\"7\",\"cents\":4200}"));

    assertThat(
            builder()
                .build()
                .get()
                .uri("/v1/orders/{id}?full={full}", "a b/ü", true)
                .retrieve()
                .body(Order.class))
        .isEqualTo(new Order("7", 4200));

    assertThat(binding.requests().get(0).path()).isEqualTo("/v1/orders/a%20b%2F%C3%BC?full=true");
    assertThat(operations).containsExactly("GET /v1/orders/{id}");
  }

  @Test
  void aBaseUrlNamesTheServiceAndMayHaveAPath() {
    binding.answers(MockAnswer.json("{\"id\":\"7\",\"cents\":4200}"));

    Orders orders = orders(builder().baseUrl("http://orders/api").build());

    assertThat(orders.find("7", true)).isEqualTo(new Order("7", 4200));
    assertThat(binding.requests().get(0).path()).isEqualTo("/api/v1/orders/7?full=true");
    assertThat(operations).containsExactly("GET /api/v1/orders/{id}");
  }

  @Test
  void anotherHostIsRefusedBeforeAnythingIsSent() {
    RestClient elsewhere = builder().baseUrl("https://orders.example.com").build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> elsewhere.get().uri("/").retrieve().toBodilessEntity())
        .withMessageContaining("write http://orders as the base URL");
    assertThat(operations).isEmpty();
  }

  @Test
  void aConvertedBodyHasALengthAndGoesToTheNextRouteToo() {
    binding.fails(Fault.dispatchMismatch());
    domain.answers(MockAnswer.json("{\"id\":\"7\",\"cents\":4200}"));

    assertThat(orders(builder().build()).place(new Order("7", 4200), "order-7"))
        .isEqualTo(new Order("7", 4200));

    for (MockRoute route : List.of(binding, domain)) {
      RecordedRequest seen = route.requests().get(0);
      assertThat(seen.string()).isEqualTo("{\"id\":\"7\",\"cents\":4200}");
      assertThat(seen.headers())
          .containsEntry("content-type", List.of("application/json"))
          .containsEntry("content-length", List.of("23"))
          .containsEntry("idempotency-key", List.of("order-7"));
    }
  }

  @Test
  void aBodyThatCannotBeConvertedIsSpringsOwnFailure() {
    List<Object> endless = new ArrayList<>();
    endless.add(endless);

    assertThat(
            catchThrowableOfType(
                HttpMessageNotWritableException.class,
                () ->
                    builder()
                        .build()
                        .post()
                        .uri("/v1/orders")
                        .body(endless)
                        .retrieve()
                        .toBodilessEntity()))
        .isNotNull();
    assertThat(operations).isEmpty();
  }

  @Test
  void aFailureIsTheWorkerExceptionItself() {
    binding.fails(Fault.error1042());
    domain.fails(Fault.error1042());

    Error1042Exception failure =
        catchThrowableOfType(
            Error1042Exception.class,
            () -> builder().build().get().uri("/v1/orders/{id}", 7).retrieve().body(Order.class));

    assertThat(failure.serviceError().operation()).isEqualTo("GET /v1/orders/{id}");
    assertThat(failure.attempts()).isNotEmpty();
  }

  @Test
  void aBodyThatBreaksIsTheCauseOfSpringsException() {
    binding.answers(MockAnswer.json("{\"id\":\"7\",\"cents\":4200}").brokenOffAfter(5));
    domain.answers(MockAnswer.json("{\"id\":\"7\",\"cents\":4200}").brokenOffAfter(5));

    RestClientException failure =
        catchThrowableOfType(
            RestClientException.class,
            () ->
                builder()
                    .build()
                    .get()
                    .uri("/v1/orders/{id}", 7)
                    .attribute(WorkerClientHttpRequestFactory.STREAMING, true)
                    .retrieve()
                    .body(Order.class));

    assertThat(failure).hasRootCauseInstanceOf(java.io.IOException.class);
    assertThat(failure.getMostSpecificCause()).isNotNull();
    assertThat(causes(failure)).hasAtLeastOneElementOfType(WorkerConnectionException.class);
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }

  @Test
  void aStatusIsForSpringToHandle() {
    binding.answers(MockAnswer.json("{\"error\":\"no such order\"}").withStatus(404));

    HttpClientErrorException.NotFound failure =
        catchThrowableOfType(
            HttpClientErrorException.NotFound.class,
            () -> orders(builder().build()).find("7", true));

    assertThat(failure.getStatusText()).isEqualTo("Not Found");
    assertThat(failure.getResponseBodyAsString()).contains("no such order");
  }

  @Test
  void anInterfaceMethodStreamsByAttribute() throws Exception {
    binding.answers(MockAnswer.text("a,b\n").withBody(new byte[1_000_000]));

    try (InputStream export = orders(builder().build()).export(true)) {
      assertThat(export.readAllBytes()).hasSize(1_000_000);
    }
  }

  @Test
  void interceptorsKeepTemplateAndAttributes() {
    binding.answers(MockAnswer.json("{\"id\":\"7\",\"cents\":4200}"));
    RestClient intercepted =
        builder()
            .requestInterceptor(
                (request, body, execution) -> {
                  request.getHeaders().add("X-Tenant", "acme");
                  return execution.execute(request, body);
                })
            .build();

    assertThat(orders(intercepted).place(new Order("7", 4200), "k")).isNotNull();

    assertThat(operations).containsExactly("POST /v1/orders");
    assertThat(binding.requests().get(0).header("X-Tenant")).isEqualTo("acme");
    assertThat(binding.requests().get(0).string()).isEqualTo("{\"id\":\"7\",\"cents\":4200}");
  }

  @Test
  void aRestTemplateWorksButHasNoTemplateForTheName() {
    binding.answers(MockAnswer.json("{\"id\":\"7\",\"cents\":4200}"));
    RestTemplate rest =
        new RestTemplate(new WorkerClientHttpRequestFactory(client.service("ORDERS")));

    assertThat(rest.getForObject("/v1/orders/{id}", Order.class, "7"))
        .isEqualTo(new Order("7", 4200));

    assertThat(operations).containsExactly("GET /v1/orders/7");
  }

  @Test
  void aLargeBodyWithoutALengthIsStreamed() {
    binding.answers(MockAnswer.status(204));
    String large = "x".repeat(600_000);

    builder()
        .build()
        .post()
        .uri("/v1/orders")
        .contentType(MediaType.APPLICATION_JSON)
        .body(new Order(large, 1))
        .retrieve()
        .toBodilessEntity();

    RecordedRequest seen = binding.requests().get(0);
    assertThat(seen.header("Transfer-Encoding")).isEqualTo("chunked");
    assertThat(seen.bytes()).hasSizeGreaterThan(600_000);
  }
}
