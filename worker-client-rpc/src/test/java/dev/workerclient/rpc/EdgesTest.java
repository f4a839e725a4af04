package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.rpc.elsewhere.HiddenUser;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values and interfaces at the edge of what is taken. */
@SuppressWarnings("JavaUtilDate")
class EdgesTest {
  @RegisterExtension final RpcServer server = new RpcServer();

  interface Api {
    void sum(int... numbers);

    void take(Object value);

    BigDecimal amount();

    OffsetDateTime offset();

    LocalDateTime local();

    long number();

    @RpcName("größe")
    int size();

    Plain plain();

    ByClass byClass();
  }

  /** Has neither a constructor without parameters nor an annotation. */
  static final class Plain {
    final String id;
    final int count;

    public Plain(String id, int count) {
      this.id = id;
      this.count = count;
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
  abstract static class ByClass {}

  static final class Gadget extends ByClass {}

  @Test
  void modulesOnTheClassPathAreFound() {
    server.answers("[\"resolve\",1,{\"id\":\"a\",\"count\":2}]");
    assertThat(api().plain()).extracting("id", "count").containsExactly("a", 2);
  }

  @Test
  void aResultOfAnotherTypeIsNamedWithItsPath() {
    server.answers("[\"resolve\",1,{\"id\":\"a\",\"count\":\"many\"}]");
    assertThatExceptionOfType(WorkerDecodingException.class)
        .isThrownBy(() -> api().plain())
        .withMessageContaining("its result is not a " + Plain.class.getName())
        .withMessageContaining("Cannot coerce String value (\"many\")")
        .withMessageContaining(", in count");
  }

  @Test
  void aResultNamesNoClassToInstantiate() {
    server.answers("[\"resolve\",1,{\"@class\":\"" + Gadget.class.getName() + "\"}]");
    assertThatExceptionOfType(WorkerDecodingException.class).isThrownBy(() -> api().byClass());
  }

  @Test
  void primitivesOfAVariableParameterAreSent() {
    server.answers("[\"resolve\",1,null]");
    api().sum(1, 2);
    assertThat(server.batch()).contains("[\"sum\"],[1,2]");
  }

  @Test
  void aDateOutOfRangeIsRefused() {
    for (Object date : new Object[] {Instant.MAX, Instant.MIN, new Date(Long.MAX_VALUE)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> api().take(date))
          .withMessageContaining("date");
    }
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aDateOfADatabaseIsSent() {
    server.answers("[\"resolve\",1,null]");
    api().take(new java.sql.Date(7));
    assertThat(server.batch()).contains("[\"date\",7]");
  }

  @Test
  void dateTimesOfAZoneAreTexts() {
    server.answers("[\"resolve\",1,null]");
    api().take(OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 123_456_789, ZoneOffset.UTC));
    assertThat(server.batch()).contains("[\"take\"],[\"2026-01-02T03:04:05.123456789Z\"]");
  }

  @Test
  void aResultOfAnotherKindIsADecodingFailure() {
    for (String form : new String[] {"[\"nan\"]", "[\"inf\"]", "1e400", "[\"date\",1]"}) {
      server.answers("[\"resolve\",1," + form + "]");
      assertThatExceptionOfType(WorkerDecodingException.class).isThrownBy(() -> api().amount());
    }
    server.answers("[\"resolve\",1,[\"date\",1]]");
    assertThatExceptionOfType(WorkerDecodingException.class).isThrownBy(() -> api().local());
  }

  @Test
  void aDateCanBeReadAsAnOffsetDateTime() {
    server.answers("[\"resolve\",1,[\"date\",1]]");
    assertThat(api().offset().toInstant()).isEqualTo(Instant.ofEpochMilli(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\" \"", "true", "[\"date\",5]", "[\"bytes\",\"\"]"})
  void aNumberIsNotMadeOfSomethingElse(String form) {
    server.answers("[\"resolve\",1," + form + "]");
    assertThatExceptionOfType(WorkerDecodingException.class).isThrownBy(() -> api().number());
  }

  @Test
  void aNameThatNoHeaderTakesIsCalled() {
    server.answers("[\"resolve\",1,5]");
    assertThat(api().size()).isEqualTo(5);
  }

  @Test
  void aChainOfRejectedPromisesEndsInATypedFailure() {
    StringBuilder chain = new StringBuilder("[\"resolve\",1,[\"promise\",-1]]");
    for (int i = 1; i < 200_000; i++) {
      chain.append("\n[\"reject\",-").append(i).append(",[\"promise\",-");
      chain.append(i + 1).append("]]");
    }
    server.answers(chain.toString());
    assertThat(catchThrowable(() -> api().amount())).isInstanceOf(WorkerException.class);
  }

  @Test
  void aDefaultMethodOfAnInterfaceThatItsPackageAloneSeesRuns() {
    server.answers("[\"resolve\",1,\"x\"]");
    assertThat(HiddenUser.twice(server.service())).isEqualTo("xx");
  }

  interface Renamed {
    String find(int id);

    @RpcName("findByName")
    String find(String name);
  }

  @Test
  void overloadsWithNamesOfTheirOwnAreTaken() {
    assertThatCode(() -> Rpc.of(server.service(), Renamed.class)).doesNotThrowAnyException();
  }

  interface One {
    @Idempotent
    String get();
  }

  interface Two {
    String get();
  }

  interface Both extends One, Two {}

  @Test
  void aMethodThatTwoInterfacesAnnotateDifferentlyIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rpc.of(server.service(), Both.class))
        .withMessageContaining("get(…)");
  }

  interface LaterStub {
    CompletableFuture<One> later();
  }

  @Test
  void aFutureOfARemoteObjectIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rpc.of(server.service(), LaterStub.class))
        .withMessageContaining("later(…)");
  }

  private Api api() {
    return Rpc.of(server.service(), Api.class);
  }
}
