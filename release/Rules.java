import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;

/**
 * What Maven Central's validation asks of a bundle, and that nothing of a test is in it. {@code java
 * Rules.java FOLDER} prints each artifact, or what is wrong and ends with 1.
 */
final class Rules {
  private static final List<String> TOLD =
      List.of("groupId", "artifactId", "version", "name", "description", "url")
          .stream()
          .map(name -> "/project/" + name)
          .toList();
  private static final List<String> NESTED =
      List.of(
          "/project/licenses/license/name",
          "/project/licenses/license/url",
          "/project/developers/developer/name",
          "/project/scm/connection",
          "/project/scm/developerConnection",
          "/project/scm/url");
  private static final Map<String, String> CHECKSUMS = Map.of("md5", "MD5", "sha1", "SHA-1");

  private final XPath xpath = XPathFactory.newInstance().newXPath();
  private final List<String> wrong = new ArrayList<>();

  public static void main(String[] args) throws Exception {
    Rules rules = new Rules();
    List<Path> poms;
    try (Stream<Path> files = Files.walk(Path.of(args[0]))) {
      poms = files.filter(file -> file.toString().endsWith(".pom")).sorted().toList();
    }
    for (Path pom : poms) {
      rules.check(pom);
    }
    if (poms.isEmpty() || !rules.wrong.isEmpty()) {
      rules.wrong.forEach(System.err::println);
      System.err.println(poms.size() + " artifacts, " + rules.wrong.size() + " mistakes");
      System.exit(1);
    }
    System.out.println(poms.size() + " artifacts have all that Maven Central asks for");
  }

  private void check(Path pom) throws Exception {
    Document model =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
    for (String path : Stream.concat(TOLD.stream(), NESTED.stream()).toList()) {
      expect(!text(model, path).isBlank(), pom, "has no " + path);
    }
    expect(!text(model, "/project/version").endsWith("-SNAPSHOT"), pom, "is a snapshot");
    for (String absent : List.of("parent", "build", "profiles", "repositories", "modules")) {
      boolean bom = text(model, "/project/packaging").equals("pom");
      if (!bom) {
        expect(count(model, "/project/" + absent) == 0, pom, "still has " + absent);
      }
    }
    expect(count(model, "//dependency[scope='test']") == 0, pom, "has test dependencies");
    expect(count(model, "//dependency[not(version)]") == 0, pom, "leaves a version open");
    expect(count(model, "/project/dependencies//version[contains(.,'$')]") == 0, pom, "has a ${…}");

    String base = pom.getFileName().toString().replaceAll("\\.pom$", "");
    List<String> expected = new ArrayList<>(List.of(base + ".pom"));
    if (!text(model, "/project/packaging").equals("pom")) {
      for (String rest : List.of(".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json")) {
        expected.add(base + rest);
      }
    }
    List<String> present;
    try (Stream<Path> files = Files.list(pom.getParent())) {
      present = files.map(file -> file.getFileName().toString()).sorted().toList();
    }
    List<String> artifacts =
        present.stream().filter(name -> !name.matches(".*\\.(asc|md5|sha\\d+)")).toList();
    expect(
        artifacts.equals(expected.stream().sorted().toList()),
        pom,
        "comes with " + artifacts + ", not " + expected);
    for (String name : artifacts) {
      expect(present.contains(name + ".asc"), pom, "lacks the signature of " + name);
      for (Map.Entry<String, String> checksum : CHECKSUMS.entrySet()) {
        checksum(pom.resolveSibling(name), checksum.getKey(), checksum.getValue());
      }
    }
    System.out.println("  " + base + ": " + artifacts.size() + " files");
  }

  private void checksum(Path file, String suffix, String algorithm)
      throws IOException, GeneralSecurityException {
    Path stored = Path.of(file + "." + suffix);
    byte[] digest = MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file));
    expect(
        Files.exists(stored)
            && Files.readString(stored).strip().equals(HexFormat.of().formatHex(digest)),
        file,
        "lacks its " + algorithm);
  }

  private void expect(boolean holds, Path file, String otherwise) {
    if (!holds) {
      wrong.add(file.getFileName() + " " + otherwise);
    }
  }

  private String text(Document model, String path) throws XPathExpressionException {
    return xpath.evaluate(path, model);
  }

  private int count(Document model, String path) throws XPathExpressionException {
    return Integer.parseInt(xpath.evaluate("count(" + path + ")", model));
  }
}
