package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.rpc.Answers;
import dev.workerclient.internal.rpc.ProtocolException;
import dev.workerclient.internal.rpc.RejectedPromiseException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a server answers ends in a typed failure, or in a value, at once and in little memory.
 */
@Timeout(60)
class HostileServerTest {
  private static final int INPUTS = 20_000;

  @RegisterExtension final RpcServer server = new RpcServer();

  interface Api {
    @Nullable Object call();
  }

  static Stream<String> malicious() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    String nested = "[[".repeat(300) + "1" + "]]".repeat(300);
    StringBuilder laughs =
        new StringBuilder("[\"resolve\",1,[[[\"promise\",-1],[\"promise\",-1]]]]");
    for (int i = 1; i < 60; i++) {
      laughs.append("\n[\"resolve\",-").append(i).append(",[[");
      laughs.append("[\"promise\",-").append(i + 1).append("],[\"promise\",-").append(i + 1);
      laughs.append("]]]]");
    }
    return Stream.of(
        "",
        "<!DOCTYPE html><title>Welcome</title>",
        "null",
        "[]",
        "[1]",
        "[\"resolve\"]",
        "[\"resolve\",1]",
        "[\"resolve\",\"1\",2]",
        "[\"resolve\",1e99,2]",
        "[\"resolve\",2,\"of nobody\"]",
        "[\"resolve\",1,1]\n[\"resolve\",1,2]",
        "[\"resolve\",1,1]\n[\"reject\",1,2]",
        "[\"reject\",1,[\"error\"]]",
        "[\"reject\",1,[\"error\",1,2]]",
        "[\"reject\",1,[\"export\",-1]]",
        "[\"abort\",\"no\"]",
        "[\"push\",[\"pipeline\",0,[\"exit\"],[1]]]",
        "[\"resolve\",1,2] trailing",
        "[\"resolve\",1,[\"unknown\"]]",
        "[\"resolve\",1,[]]",
        "[\"resolve\",1,[1,2]]",
        "[\"resolve\",1,[\"export\",-1]]",
        "[\"resolve\",1,[\"date\",\"x\"]]",
        "[\"resolve\",1,[\"date\",1e300]]",
        "[\"resolve\",1,[\"bigint\",\"x\"]]",
        "[\"resolve\",1,[\"bigint\",\"" + "9".repeat(1_000_000) + "\"]]",
        "[\"resolve\",1," + "9".repeat(100_000) + "]",
        "[\"resolve\",1,[\"bytes\",\"***\"]]",
        "[\"resolve\",1,[\"headers\",[[\"a\"]]]]",
        "[\"resolve\",1,[\"promise\",1]]",
        "[\"resolve\",1,[\"promise\",-1]]",
        "[\"resolve\",1,[\"promise\",-1]]\n[\"resolve\",-1,[\"promise\",-1]]",
        "[\"resolve\",1,[\"promise\",-1]]\n[\"resolve\",-1,[\"promise\",-2]]\n"
            + "[\"resolve\",-2,[\"promise\",-1]]",
        "[\"resolve\",1,[\"promise\",-1]]\n[\"reject\",-1,[\"error\",\"Error\",\"x\"]]",
        laughs.toString(),
        "[\"resolve\",1," + nested + "]",
        deep,
        "[\"resolve\",1," + deep + "]");
  }

  @ParameterizedTest
  @MethodSource("malicious")
  void isATypedFailure(String answer) {
    server.answers(answer);
    assertThat(catchThrowable(this::call)).isInstanceOf(WorkerException.class);
  }

  @Test
  void anErrorThatNamesAClassLoadsNone() {
    server.answers(
        "[\"reject\",1,[\"error\",\"javax.script.ScriptEngineManager\",\"x\",null,"
            + "{\"@class\":\"java.lang.ProcessBuilder\",\"@type\":\"java.net.URL\"}]]");
    assertThat(catchThrowable(this::call))
        .hasMessageContaining("javax.script.ScriptEngineManager: x");
    server.answers(
        "[\"resolve\",1,{\"@class\":\"java.lang.ProcessBuilder\",\"command\":[[\"x\"]]}]");
    assertThat(call()).isInstanceOf(Map.class);
  }

  @Test
  void mutatedAndTruncatedAnswersAreFailuresOrValues() {
    List<String> seeds =
        Stream.of("ret-special", "error-thrown-with-stack", "map", "svc-pipelined-rpctarget")
            .map(name -> Capture.named(name).responseBody())
            .toList();
    Random random = new Random(42);
    for (int i = 0; i < INPUTS; i++) {
      String input = mutate(seeds.get(i % seeds.size()), random);
      try {
        Answers answers = Answers.read(input);
        for (int id = 1; id < 4; id++) {
          read(answers, id);
        }
      } catch (ProtocolException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }

  private static void read(Answers answers, int id) throws ProtocolException {
    Boolean rejected = answers.isRejected(id);
    try {
      if (Boolean.TRUE.equals(rejected)) {
        assertThat(answers.error(id)).isNotNull();
      } else if (rejected != null) {
        assertThat(answers.value(id)).isNotNull();
      }
    } catch (RejectedPromiseException e) {
      assertThat(e.error()).isNotNull();
    }
  }

  private static String mutate(String seed, Random random) {
    byte[] bytes = seed.getBytes(StandardCharsets.UTF_8);
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && bytes.length > 0; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) "[]{}\",:-0919nulltrue".charAt(random.nextInt(20));
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        default -> {
          int to = random.nextInt(bytes.length);
          byte swapped = bytes[at];
          bytes[at] = bytes[to];
          bytes[to] = swapped;
        }
      }
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private @Nullable Object call() {
    return Rpc.of(server.service(), Api.class).call();
  }
}
