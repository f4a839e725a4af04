package dev.workerclient.internal.classify;

import dev.workerclient.internal.classify.table.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * The responses under {@code src/test/resources/corpus}, told apart by hand.
 *
 * <p>Each case of a {@code .http} file is a title after {@code ###}, {@code HTTP} with the status,
 * {@code Expect:} with kind and code where it is a failure, headers, an empty line and the body, of
 * which the last line break before the next case is no part. What stands before the first case is a
 * remark.
 */
final class Corpus {
  private static final String CASE = "### ";

  /** One row of {@code codes.csv}. */
  record Code(int code, int status, FailureKind kind, String name) {}

  private Corpus() {}

  static List<CorpusCase> nearMisses() {
    return read("near-misses", CorpusCase::parse);
  }

  static List<CorpusCase> others() {
    return read("others.http", CorpusCase::parse);
  }

  /** The 1xxx codes of the catalogue. */
  static List<Code> codes() {
    return text(root().resolve("codes.csv"))
        .lines()
        .skip(1)
        .map(line -> line.split(",", -1))
        .map(
            cells ->
                new Code(
                    Integer.parseInt(cells[0]),
                    Integer.parseInt(cells[1]),
                    FailureKind.valueOf(cells[2]),
                    cells[3]))
        .toList();
  }

  /** The forms that a code comes in. */
  static List<Form> forms() {
    return read("forms", Form::new);
  }

  /** A case with holes for a code. */
  record Form(String file, String text) {
    CorpusCase of(Code code) {
      String name = code.name().isEmpty() ? "error_" + code.code() : code.name();
      String filled =
          text.replace("{code}", Integer.toString(code.code()))
              .replace("{status}", Integer.toString(code.status()))
              .replace("{name}", name)
              .replace("{title}", name.replace('_', ' '));
      return CorpusCase.parse(code.code() + " in " + file, filled)
          .expecting(code.kind(), code.code());
    }
  }

  private static <T> List<T> read(String fileOrFolder, BiFunction<String, String, T> parser) {
    try (Stream<Path> files = Files.walk(root().resolve(fileOrFolder))) {
      return files
          .filter(file -> file.toString().endsWith(".http"))
          .sorted()
          .flatMap(file -> cases(file, parser))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> Stream<T> cases(Path file, BiFunction<String, String, T> parser) {
    String name = file.getFileName().toString().replace(".http", "");
    return Stream.of(("\n" + text(file)).split("\n" + CASE, -1))
        .skip(1)
        .map(text -> parser.apply(name, text));
  }

  /** The file without its last line break. */
  private static String text(Path file) {
    try {
      String text = Files.readString(file);
      return text.substring(0, text.length() - 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    return Path.of(
        URI.create(
            Objects.requireNonNull(Corpus.class.getResource("/corpus"), "/corpus").toString()));
  }
}
