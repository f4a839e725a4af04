package dev.workerclient.benchmarks.start;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * What a POM says by itself.
 *
 * @param artifact what names it
 * @param dependencies of its users, by their names, each with {@code :} and its classifier if it
 *     has one
 */
record Pom(String artifact, List<String> dependencies) {
  Pom {
    dependencies = List.copyOf(dependencies);
  }

  static Pom read(Path file) throws IOException {
    Element project;
    try {
      project =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(file.toFile())
              .getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(e);
    }
    List<String> dependencies = new ArrayList<>();
    for (Element list : children(project, "dependencies")) {
      for (Element dependency : children(list, "dependency")) {
        String scope = text(dependency, "scope");
        boolean passedOn = scope.isEmpty() || scope.equals("compile") || scope.equals("runtime");
        if (passedOn && !text(dependency, "optional").equals("true")) {
          String classifier = text(dependency, "classifier");
          dependencies.add(
              text(dependency, "artifactId") + (classifier.isEmpty() ? "" : ":" + classifier));
        }
      }
    }
    return new Pom(text(project, "artifactId"), dependencies);
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        children.add(element);
      }
    }
    return children;
  }

  private static String text(Element parent, String name) {
    List<Element> found = children(parent, name);
    return found.isEmpty() ? "" : found.get(0).getTextContent().trim();
  }
}
