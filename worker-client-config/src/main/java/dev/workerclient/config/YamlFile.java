package dev.workerclient.config;

import dev.workerclient.config.Setting.Form;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.UnicodeReader;

/**
 * The documents of a YAML file, each flat as Spring Boot reads it: a key is joined by dots to those
 * above it, so {@code a.b: 1} and {@code a: {b: 1}} are the same.
 */
final class YamlFile {
  /** What Spring Boot keeps of a key. */
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.-]+");

  /** Deeper than any key, so only a mapping that contains itself gets there. */
  private static final int MOST_DOTS = 20;

  private final Path file;
  private final Map<String, Setting> settings = new LinkedHashMap<>();

  private YamlFile(Path file) {
    this.file = file;
  }

  /**
   * Reads the settings of each document by key.
   *
   * @throws IllegalArgumentException if it is not YAML, or a key stands twice in a document
   * @throws UncheckedIOException if the file can't be read
   */
  static List<Map<String, Setting>> read(Path file) {
    LoaderOptions options = new LoaderOptions();
    options.setMergeOnCompose(true);
    List<Map<String, Setting>> documents = new ArrayList<>();
    try (InputStream content = Files.newInputStream(file)) {
      for (Node document : new Yaml(options).composeAll(new UnicodeReader(content))) {
        YamlFile flat = new YamlFile(file);
        flat.add("", document);
        documents.add(flat.settings);
      }
    } catch (MarkedYAMLException e) { // Its message quotes the file, where a secret may stand.
      throw notYaml(place(file, e.getProblemMark()), String.valueOf(e.getProblem()));
    } catch (YAMLException e) {
      throw notYaml(file.toString(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be read", e);
    }
    return documents;
  }

  private void add(String key, Node node) {
    if (node instanceof MappingNode mapping && !mapping.getValue().isEmpty()) {
      for (NodeTuple entry : mapping.getValue()) {
        add(below(key, entry.getKeyNode()), entry.getValueNode());
      }
    } else if (!key.isEmpty()) {
      put(new Setting(place(node), key, form(node), texts(key, node)));
    } else if (form(node) != Form.NOTHING) {
      throw notYaml(place(node), "the document has no keys");
    }
  }

  private String below(String above, Node node) {
    String name = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    String key = above.isEmpty() ? name : above + "." + name;
    if (!KEY.matcher(name).matches()) {
      throw new RefusedSettingException(
          place(node), key, "is not a key; write letters, digits, hyphens and underscores");
    }
    if (key.chars().filter(each -> each == '.').count() > MOST_DOTS) {
      throw new RefusedSettingException(
          place(node), key, "is too deep; write out what the alias stands for");
    }
    return key;
  }

  private void put(Setting setting) {
    Setting other = settings.putIfAbsent(setting.key(), setting);
    if (other != null) {
      throw setting.refused("is set at " + other.place() + " too; remove one of them");
    }
  }

  private List<String> texts(String key, Node node) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream().map(each -> element(key, each)).toList();
    }
    return node instanceof ScalarNode scalar ? List.of(scalar.getValue()) : List.of();
  }

  private String element(String key, Node node) {
    if (form(node) != Form.TEXT) {
      throw new RefusedSettingException(
          place(node), key, "is a list of texts; write each in quotes");
    }
    return ((ScalarNode) node).getValue();
  }

  private static Form form(Node node) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().isEmpty() ? Form.NOTHING : Form.LIST;
    }
    if (!(node instanceof ScalarNode scalar)) {
      return Form.NOTHING;
    }
    String text = scalar.getValue();
    if (text.isEmpty() || scalar.getTag().equals(Tag.NULL)) {
      return Form.NOTHING;
    }
    boolean kept =
        scalar.getTag().equals(Tag.STR)
            || text.matches("true|false|0|-?[1-9][0-9]{0,8}")
            || scalar.getTag().equals(Tag.TIMESTAMP); // To Spring Boot, a date is text.
    return kept ? Form.TEXT : Form.CHANGED;
  }

  private String place(Node node) {
    return place(file, node.getStartMark());
  }

  private static String place(Path file, Mark mark) {
    return file + ":" + (mark.getLine() + 1);
  }

  private static IllegalArgumentException notYaml(String place, String reason) {
    return new IllegalArgumentException(place + ": is not YAML as expected: " + reason);
  }
}
