package dev.workerclient.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.BodyCodec;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the modules on the class path add to a codec without a mapper of one's own. */
public abstract class FoundModulesContract {
  private final BodyCodec codec;
  private final Class<?> module;

  @TempDir Path folder;

  /**
   * Makes the tests.
   *
   * @param module what Jackson calls a module
   */
  protected FoundModulesContract(BodyCodec codec, Class<?> module) {
    this.codec = codec;
    this.module = module;
  }

  record Profile(String name, Optional<String> nick, List<Optional<Integer>> scores) {}

  /** Has neither a constructor without parameters nor an annotation. */
  static final class Plain {
    private final String id;
    private final int count;

    public Plain(String id, int count) {
      this.id = id;
      this.count = count;
    }

    public String getId() {
      return id;
    }

    public int getCount() {
      return count;
    }
  }

  @Test
  void anOptionalIsItsValueOrNull() throws IOException {
    Profile profile = new Profile("a", Optional.of("b"), List.of(Optional.of(1), Optional.empty()));
    String json = "{\"name\":\"a\",\"nick\":\"b\",\"scores\":[1,null]}";

    assertThat(codec.encode(profile)).asString(UTF_8).isEqualTo(json);
    assertThat(codec.decode(json.getBytes(UTF_8), Profile.class)).isEqualTo(profile);
    assertThat(codec.decode("{\"name\":\"a\",\"nick\":null}".getBytes(UTF_8), Profile.class))
        .extracting("nick")
        .isEqualTo(Optional.empty());
  }

  @Test
  void aConstructorNeedsNoAnnotations() throws IOException {
    assertThat(codec.decode("{\"id\":\"a\",\"count\":2}".getBytes(UTF_8), Plain.class))
        .extracting("id", "count")
        .containsExactly("a", 2);
  }

  /** A class loader that finds that module too. */
  protected final ClassLoader finding(Class<?> found) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(module.getName()), found.getName());
    return new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
  }
}
