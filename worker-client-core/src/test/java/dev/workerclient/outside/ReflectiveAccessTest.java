package dev.workerclient.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.workerclient.ResponseInfo;
import dev.workerclient.StreamingResponse;
import dev.workerclient.TypeRef;
import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerRequest;
import dev.workerclient.WorkerResponse;
import dev.workerclient.WorkerService;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Expression languages, mappers and templates call methods by reflection, from their package. */
class ReflectiveAccessTest {
  private final MockWebServer server = new MockWebServer();
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder()
                .addHeader("Content-Type", "text/event-stream")
                .addHeader("Binding-Proxy-Outcome", "target-answered")
                .body("data: 1\n\n")
                .build();
          }
        });
    server.start();
    open.add(server);
  }

  @AfterEach
  void close() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private WorkerRequest get() {
    WorkerClient client =
        WorkerClient.builder()
            .bindingProxy("http://127.0.0.1:" + server.getPort())
            .service("ORDERS")
            .build();
    open.add(client);
    WorkerService service = client.service("ORDERS");
    return service.get("/");
  }

  static Stream<Method> methods() {
    return Stream.of(WorkerResponse.class, StreamingResponse.class, ResponseInfo.class)
        .flatMap(type -> Stream.of(type.getMethods()))
        .filter(method -> method.getDeclaringClass() != Object.class);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void eachPublicMethodCanBeCalled(Method method) {
    StreamingResponse streaming = get().executeStreaming();
    open.add(streaming);
    Object response =
        method.getDeclaringClass() == StreamingResponse.class ? streaming : get().execute();
    Object[] arguments =
        Stream.of(method.getParameterTypes()).map(ReflectiveAccessTest::argument).toArray();

    assertThatCode(() -> method.invoke(response, arguments)).doesNotThrowAnyException();
    assertThat(Modifier.isPublic(method.getDeclaringClass().getModifiers())).isTrue();
  }

  private static Object argument(Class<?> type) {
    return type == Class.class
        ? String.class
        : type == TypeRef.class ? new TypeRef<String>() {} : "text";
  }

  @Test
  void theStatusIsFoundByItsName() throws Exception {
    WorkerResponse response = get().execute();

    assertThat(WorkerResponse.class.getMethod("status").invoke(response)).isEqualTo(200);
  }
}
