package dev.workerclient.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pages, javadoc, comments and messages are written in plain English. Phrases that make people read
 * a sentence twice are counted, and the counts may only fall: lower a limit when you can, never
 * raise one. A test that fails lists what it found. The patterns are heuristics; if one is wrong
 * about a good sentence, there is a simpler way to say it.
 */
class VoiceTest {
  /** A word before "where" that makes it a question or names a place. */
  private static final String PLACE =
      "(?:place|point|position|line|page|row|table|file|folder|directory|log|thread|machine|host"
          + "|stack|scope|environment|section|module|tests?|sees?|says?|said|shows?|knows?|tells?|told"
          + "|names?|sets?|finds?|looks?|checks?|reads?|returns?|writes?|that|is|are|was|of|to|from"
          + "|for|by|and|or|not|about|on|in|into|at|then|depends|decides|what)";

  /** What follows a possessive without a noun: a full stop, or a word that can't be the noun. */
  private static final String NO_NOUN =
      "(?= ?[.,;:)|\n]| (?:in|on|at|by|to|for|from|with|and|or|but|that|which|who|is|are|was|were"
          + "|has|have|had|can|can't|may|as|if|where|when|before|after|beside|under|over|via"
          + "|instead|makes|passes|takes|it|its|than|then|so|one)\\b)";

  private static List<Prose> all;

  enum Phrase {
    /** "A list is no body", "the body is none". "There is no body" is fine. */
    IS_NO(
        5, "(?<!\\b[Tt]here )\\b(?:is|are|was|were) (?:none\\b|no (?!longer|more|less|fewer)\\w+)"),

    /**
     * "Where" for "if": before "there is", "no" or "none"; in a clause that opens the sentence and
     * ends in a comma; elsewhere unless it follows a comma, a bracket or a {@link #PLACE}.
     */
    CONDITIONAL_WHERE(
        10,
        "\\b[Ww]here (?:there (?:is|are|was|were)|no|none|nothing|nobody)\\b"
            + "|\\bWhere(?<![|] Where) (?!to\\b)[^.|,?\\n]{3,80},"
            + "|\\bwhere(?<=[^ \\n(\\[/] where)(?<![,:(|] where)(?<!@param \\w{1,30} where)(?<!\\b(?i:"
            + PLACE
            + ") where) (?!to\\b)(?=[a-zA-Z{`])"),

    /** "A rule of the zone's" for a zone rule. "Instead of the client's" and "one of" are fine. */
    DOUBLE_GENITIVE(
        5,
        "\\bof(?<!\\b(?:instead|place|one) of) (?:[\\w-]+ ){0,2}[\\w-]+(?:'s|s')(?: own)?"
            + NO_NOUN),

    /** A route is skipped. */
    ROUTE_LEFT_OUT(
        0,
        "\\b(?:routes?|proxy|domain)\\b[^.|\\n]{0,50}\\b(?:left|leaves?|leaving) (?:it |them )?out\\b"
            + "|\\b(?:left|leaves?|leaving) (?:it |them )?out\\b[^.|\\n]{0,30}\\broutes?\\b"),

    /** Default: 3 seconds. */
    UNLESS_SET(0, "\\b[Uu]nless set\\b"),

    /** A route is healthy, or it is failing. */
    WELL_OR_ILL(
        0, "\\b(?:is|are|was|were|be) (?:ill|well)\\b(?! (?:known|below|above|under|within))");

    private final int limit;
    private final Pattern pattern;

    Phrase(int limit, String regex) {
      this.limit = limit;
      this.pattern = Pattern.compile(regex);
    }

    private List<String> in(Prose prose) {
      List<String> found = new ArrayList<>();
      Matcher matcher = pattern.matcher(prose.text());
      while (matcher.find()) {
        found.add(prose.around(matcher.start(), matcher.end()));
      }
      return found;
    }
  }

  @BeforeAll
  static void read() throws IOException {
    all = Prose.all();
  }

  @ParameterizedTest
  @EnumSource
  void isNotSaidMoreOften(Phrase phrase) {
    List<String> found = all.stream().flatMap(prose -> phrase.in(prose).stream()).toList();
    assertThat(found)
        .as("%s, to be said another way", phrase)
        .hasSizeLessThanOrEqualTo(phrase.limit);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "IS_NO; A list is no body.",
        "IS_NO; Null if the type is none.",
        "CONDITIONAL_WHERE; Null where there is none.",
        "CONDITIONAL_WHERE; It waits. Where a route fails, the next one is tried.",
        "CONDITIONAL_WHERE; Empty where the target answered.",
        "DOUBLE_GENITIVE; A rule of the zone's, and a firewall.",
        "DOUBLE_GENITIVE; An error of Cloudflare's.",
        "ROUTE_LEFT_OUT; A route that fails is left out.",
        "UNLESS_SET; 3 seconds unless set.",
        "WELL_OR_ILL; Until the route is well again.",
      })
  void isCounted(Phrase phrase, String sentence) {
    assertThat(phrase.in(Prose.of("a.md", sentence))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "There is no body, and it is no longer sent.",
        "The file where it stands says where the token comes from.",
        "Over HTTP, where each call is one request.",
        "The rule of the zone's firewall counts, instead of the client's.",
        "The attempts are left out if they are too long.",
        "Default: 3 seconds. That is well known.",
      })
  void isFine(String sentence) {
    Prose prose = Prose.of("a.md", sentence);
    assertThat(Stream.of(Phrase.values()).flatMap(phrase -> phrase.in(prose).stream())).isEmpty();
  }

  @Test
  void ofASourceTheCommentsAndStringsAreRead() {
    String source =
        "/** Null where\n * there is none. */\nString s = \"a \" +\n    \"b\"; // c\nint where = 'x';";
    Prose prose = Prose.of("A.java", Prose.withoutCode(source));
    assertThat(prose.text()).isEqualTo(" Null where there is none. | a b| c| x|");
    assertThat(prose.around(12, 20)).startsWith("A.java:2: ");
  }
}
