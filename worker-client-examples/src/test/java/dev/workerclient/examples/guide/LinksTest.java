package dev.workerclient.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every relative link of the pages leads to a file that is there, and to a heading in it. */
class LinksTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (Path folder : List.of(ROOT, ROOT.resolve("docs"), ROOT.resolve("binding-proxy"))) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(LinksTest::isPage).sorted().forEach(pages::add);
      }
    }
    return pages;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void aLinkLeadsToAHeadingThatIsThere(Path page) throws IOException {
    List<String> broken = new ArrayList<>();
    for (MatchResult link : LINK.matcher(prose(page)).results().toList()) {
      String target = link.group(1);
      if (!target.contains("://") && !leadsSomewhere(page, target)) {
        broken.add(target);
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void aHeadingsAnchorIsAsGitHubMakesIt() {
    assertThat(anchors("# What's in `health()`?\n## One\n## One\n### Zone, DNS, TLS\n"))
        .containsExactlyInAnyOrder("whats-in-health", "one", "one-1", "zone-dns-tls");
  }

  private static boolean isPage(Path file) {
    return file.toString().endsWith(".md");
  }

  private static boolean leadsSomewhere(Path page, String target) throws IOException {
    String[] parts = target.split("#", 2);
    Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
    if (!Files.exists(file)) {
      return false;
    }
    return parts.length == 1 || anchors(prose(file)).contains(parts[1]);
  }

  private static String prose(Path page) throws IOException {
    String[] parts = Files.readString(page).split("(?m)^\\s*```", -1);
    StringBuilder prose = new StringBuilder();
    for (int i = 0; i < parts.length; i += 2) {
      prose.append(parts[i]);
    }
    return prose.toString();
  }

  /** As GitHub makes them: lower case, letters and digits, a hyphen for each space. */
  private static Set<String> anchors(String markdown) {
    Map<String, Integer> seen = new HashMap<>();
    return markdown
        .lines()
        .filter(line -> line.matches("#{1,6} .*"))
        .map(line -> line.replaceFirst("^#+ ", "").strip().toLowerCase(Locale.ROOT))
        .map(text -> text.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
        .map(
            anchor -> {
              int times = seen.merge(anchor, 1, Integer::sum);
              return times == 1 ? anchor : anchor + "-" + (times - 1);
            })
        .collect(Collectors.toSet());
  }
}
