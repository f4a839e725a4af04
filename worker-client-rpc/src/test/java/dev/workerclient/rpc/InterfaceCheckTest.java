package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What can't be called by RPC is refused when the interface is taken, by its method's name. */
class InterfaceCheckTest {
  @RegisterExtension final RpcServer server = new RpcServer();

  interface Generic {
    <T> T get(Class<T> type);
  }

  interface Open<T> {
    T get();
  }

  interface Overloads {
    String find(int id);

    String find(String name);
  }

  interface Streams {
    InputStream open();
  }

  interface Written {
    void to(OutputStream out);
  }

  interface Blobs {
    RpcPromise<RpcBlob> blob();
  }

  interface Published {
    void publish(Flow.Publisher<byte[]> chunks);
  }

  interface Publishes {
    CompletableFuture<Flow.Publisher<List<String>>> later();
  }

  interface PublishedObjects {
    Flow.Publisher<List<Fine>> all();
  }

  interface PublishedStreams {
    void take(Flow.Publisher<InputStream> streams);
  }

  interface PublishedPromises {
    void take(Flow.Publisher<RpcPromise<String>> promises);
  }

  interface PublishedAnything {
    Flow.Publisher<? extends Number> all();
  }

  interface PublishedRaw {
    @SuppressWarnings("rawtypes")
    void take(Flow.Publisher all);
  }

  interface PublishedInside {
    List<Flow.Publisher<String>> all();
  }

  interface TakesAFunction {
    void onEvent(Supplier<String> listener);
  }

  interface Raw {
    @SuppressWarnings("rawtypes")
    CompletableFuture later();
  }

  interface OtherFuture {
    Future<String> later();
  }

  interface Wildcard {
    List<?> all();
  }

  interface Keys {
    Map<Integer, String> byNumber();
  }

  interface PropertyWithParameters {
    @RpcProperty
    String name(int index);
  }

  interface Nameless {
    @RpcName("")
    String get();
  }

  interface ObjectsInData {
    List<DeepInside> all();
  }

  interface DeepInside {
    Streams streams();
  }

  static class NoInterface {}

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(Generic.class, "Generic.get(…) is generic"),
        Arguments.of(Open.class, "Open.get(…) is generic"),
        Arguments.of(Overloads.class, "Overloads.find(…) can't be told from its overload"),
        Arguments.of(Streams.class, "Streams.open(…) takes or returns a stream"),
        Arguments.of(Written.class, "Written.to(…) takes or returns a stream"),
        Arguments.of(Blobs.class, "Blobs.blob(…) takes or returns a stream"),
        Arguments.of(Published.class, "Published.publish(…) takes or returns a stream"),
        Arguments.of(Publishes.class, "Publishes.later(…) takes or returns a stream"),
        Arguments.of(
            PublishedObjects.class,
            "has a Flow.Publisher of java.util.List<dev.workerclient.rpc.InterfaceCheckTest$Fine>,"
                + " and the chunks of a stream are data; use records"),
        Arguments.of(PublishedStreams.class, "has a Flow.Publisher of java.io.InputStream, and"),
        Arguments.of(PublishedPromises.class, "has a Flow.Publisher of dev.workerclient.rpc.Rpc"),
        Arguments.of(PublishedAnything.class, "has a type that is left open, ? extends"),
        Arguments.of(PublishedRaw.class, "has a raw Flow.Publisher; write what it brings"),
        Arguments.of(PublishedInside.class, "has a Publisher, which is not data"),
        Arguments.of(TakesAFunction.class, "TakesAFunction.onEvent(…) has a Supplier"),
        Arguments.of(Raw.class, "Raw.later(…) returns a raw type"),
        Arguments.of(OtherFuture.class, "OtherFuture.later(…) has a Future"),
        Arguments.of(Wildcard.class, "Wildcard.all(…) has a type that is left open"),
        Arguments.of(Keys.class, "Keys.byNumber(…) has a Map whose keys are not Strings"),
        Arguments.of(PropertyWithParameters.class, "name(…) is an @RpcProperty with parameters"),
        Arguments.of(Nameless.class, "Nameless.get(…) has an empty @RpcName"),
        Arguments.of(ObjectsInData.class, "ObjectsInData.all(…) brings a DeepInside as data"),
        Arguments.of(DeepInside.class, "Streams.open(…)"),
        Arguments.of(NoInterface.class, "is not an interface"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void isRefused(Class<?> type, String saying) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rpc.of(server.service(), type))
        .withMessageContaining(saying);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rpc.batch(server.service()).of(type))
        .withMessageContaining(saying);
    assertThat(server.requests()).isEmpty();
  }

  interface Fine {
    String find(int id);

    String find(int id, String hint);

    @RpcName("find")
    CompletableFuture<String> findAsync(int id);

    Fine itself();

    Map<String, List<int[]>> data();

    byte[] bytes();

    default String twice(int id) {
      return find(id) + find(id);
    }

    static String ofNobody() {
      return "static";
    }
  }

  @Test
  void whatCanBeToldApartIsTaken() {
    assertThatCode(() -> Rpc.of(server.service(), Fine.class)).doesNotThrowAnyException();
  }

  @Test
  void aDefaultMethodRunsHereOnWhatTheOthersBring() {
    server.answers("[\"resolve\",1,\"x\"]");
    assertThat(Rpc.of(server.service(), Fine.class).twice(1)).isEqualTo("xx");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void theMethodsOfObjectStayHere() {
    Fine fine = Rpc.of(server.service(), Fine.class);
    assertThat(fine).isNotEqualTo(Rpc.of(server.service(), Fine.class));
    assertThat(fine.itself()).hasToString("Fine{itself}");
    assertThat(Set.of(fine)).contains(fine);
    assertThat(server.requests()).isEmpty();
  }
}
