package dev.workerclient.workerd;

import static dev.workerclient.workerd.FakeWorkerd.WAIT;
import static dev.workerclient.workerd.FakeWorkerd.listen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Each public method refuses null in each of its parameters, by a word that names it. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(30)
class NullArgumentsTest {
  private static final String WORD = "[a-z][A-Za-z]+";

  @TempDir Path folder;

  @Test
  void nullIsRefusedByTheParametersName() throws IOException {
    WorkerdServer.Builder builder =
        WorkerdServer.builder()
            .binary(FakeWorkerd.write(folder, listen("http", 1) + WAIT))
            .scriptText("");
    try (WorkerdServer server = builder.start()) {
      int checked =
          check(WorkerdServer.class, server) + check(WorkerdServer.Builder.class, builder);
      assertThat(checked).isEqualTo(26);
    }
  }

  @Test
  void soDoesWranglerDevServer() throws IOException {
    WranglerDevServer.Builder builder =
        FakeWrangler.server(folder, FakeWrangler.READY + FakeWrangler.OUTLIVE);
    try (WranglerDevServer server = builder.start()) {
      int checked =
          check(WranglerDevServer.class, server) + check(WranglerDevServer.Builder.class, builder);
      assertThat(checked).isEqualTo(13);
    }
  }

  @Test
  void soDoWorkers() {
    WorkerDefinition worker = new WorkerDefinition("a");
    assertThat(check(WorkerDefinition.class, worker)).isEqualTo(27);
    BindingProxyDefinition proxy = new BindingProxyDefinition(worker, "t".repeat(32));
    assertThat(check(BindingProxyDefinition.class, proxy)).isEqualTo(21);
    assertThat(check(WranglerProject.class, new WranglerProject(folder))).isEqualTo(3);
  }

  private static int check(Class<?> type, Object target) {
    int checked = 0;
    for (Method method : type.getDeclaredMethods()) {
      Class<?>[] parameters = method.getParameterTypes();
      for (int i = 0; Modifier.isPublic(method.getModifiers()) && i < parameters.length; i++) {
        if (parameters[i].isPrimitive()) {
          continue;
        }
        Object[] arguments = Stream.of(parameters).map(NullArgumentsTest::value).toArray();
        if (parameters[i].isArray()) {
          checked++;
          refuses(method, target, arguments); // An array with null in it.
        }
        arguments[i] = null;
        checked++;
        refuses(method, target, arguments);
      }
    }
    return checked;
  }

  private static void refuses(Method method, Object target, Object[] arguments) {
    assertThatThrownBy(() -> method.invoke(target, arguments))
        .as(method.toString())
        .cause()
        .isInstanceOf(NullPointerException.class)
        .message()
        .matches(WORD);
  }

  private static Object value(Class<?> type) {
    if (type.isArray()) {
      return Array.newInstance(type.getComponentType(), 1);
    }
    if (type == Consumer.class) {
      Consumer<Object> nothing = value -> {};
      return nothing;
    }
    return type == Path.class ? Path.of("a") : type == Duration.class ? Duration.ZERO : "a";
  }
}
