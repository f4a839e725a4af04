package dev.workerclient.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import okhttp3.OkHttp;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import retrofit2.Retrofit;

/**
 * Retrofit 3.0.0 asks for okhttp 4.12. Since 5.0 the classes are in okhttp-jvm, and the artifact
 * okhttp has none: an old jar that stays under that name stands beside the new one, and the first
 * on the class path wins.
 */
class OkHttpVersionTest {
  private static final List<String> CLASS_PATH =
      Pattern.compile(File.pathSeparator, Pattern.LITERAL)
          .splitAsStream(System.getProperty("java.class.path"))
          .toList();

  @Test
  void besideRetrofitOkHttpIsStillOurs() {
    assertThat(OkHttp.VERSION).startsWith("5.");
    assertThat(location(OkHttpClient.class)).contains("okhttp-jvm-" + OkHttp.VERSION);
    assertThat(location(Retrofit.class)).contains("retrofit-3.");
  }

  /** Whatever the order, no other jar on the class path has OkHttp's classes. */
  @Test
  void inReverseOrderItIsTheSame() throws Exception {
    List<URL> reversed = new ArrayList<>();
    for (String entry : CLASS_PATH) {
      reversed.add(0, Path.of(entry).toUri().toURL());
    }
    assertThat(CLASS_PATH).noneMatch(entry -> entry.contains("okhttp-4"));
    try (URLClassLoader loader =
        new URLClassLoader(reversed.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      Class<?> factory = loader.loadClass(WorkerCallFactory.class.getName());
      Class<?> version = loader.loadClass(OkHttp.class.getName());

      assertThat(factory.getMethod("newCall", loader.loadClass("okhttp3.Request"))).isNotNull();
      assertThat(version.getField("VERSION").get(null)).isEqualTo(OkHttp.VERSION);
    }
  }

  private static String location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().toString();
  }
}
