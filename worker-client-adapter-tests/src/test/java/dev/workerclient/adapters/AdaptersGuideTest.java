package dev.workerclient.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.WorkerClient;
import dev.workerclient.feign.WorkerFeignClient;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockWorkers;
import dev.workerclient.okhttp.WorkerCallFactory;
import dev.workerclient.spring.WorkerClientHttpRequestFactory;
import feign.Param;
import feign.RequestLine;
import java.io.IOException;
import java.io.InputStream;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import retrofit2.Call;
import retrofit2.Retrofit;
import retrofit2.http.GET;
import retrofit2.http.Path;

/** The code of docs/adapters.md. */
@Timeout(30)
class AdaptersGuideTest {
  interface SpringOrders {
    @GetExchange("/v1/orders/{id}")
    String find(@PathVariable int id);
  }

  interface RetrofitOrders {
    @GET("/v1/orders/{id}")
    Call<ResponseBody> find(@Path("id") int id);
  }

  interface FeignOrders {
    @RequestLine("GET /v1/orders/{id}")
    String find(@Param("id") int id);
  }

  private final MockWorkers workers = MockWorkers.start();
  private WorkerClient client = workers.builder().service("NONE").build();

  @BeforeEach
  void connect() {
    client.close();
    workers.service("ORDERS").binding().answers(MockAnswer.text("seven"));
    client = workers.client();
  }

  @AfterEach
  void disconnect() {
    workers.close();
  }

  @Test
  void restClientAndHttpInterfaces() throws IOException {
    RestClient orders =
        RestClient.builder()
            .requestFactory(new WorkerClientHttpRequestFactory(client.service("ORDERS")))
            .build();
    String order = orders.get().uri("/v1/orders/{id}", 7).retrieve().body(String.class);
    assertThat(order).isEqualTo("seven");

    SpringOrders api =
        HttpServiceProxyFactory.builderFor(RestClientAdapter.create(orders))
            .build()
            .createClient(SpringOrders.class);
    assertThat(api.find(7)).isEqualTo("seven");

    InputStream export =
        orders
            .get()
            .uri("/v1/export")
            .attribute(WorkerClientHttpRequestFactory.STREAMING, true)
            .retrieve()
            .body(InputStream.class);
    assertThat(export).isNotNull();
    assertThat(export).hasContent("seven");
    export.close();
  }

  @Test
  void retrofit() throws IOException {
    RetrofitOrders orders =
        new Retrofit.Builder()
            .callFactory(new WorkerCallFactory(client.service("ORDERS")))
            .baseUrl("http://orders/")
            .build()
            .create(RetrofitOrders.class);

    ResponseBody body = orders.find(7).execute().body();
    assertThat(body).isNotNull();
    assertThat(body.string()).isEqualTo("seven");
  }

  @Test
  void feign() {
    FeignOrders orders =
        WorkerFeignClient.builder(client.service("ORDERS"))
            .target(FeignOrders.class, "http://orders");

    assertThat(orders.find(7)).isEqualTo("seven");
  }
}
