package ai.okchat.planning;

import static ai.okchat.planning.PlannedBot.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.okchat.client.Bot;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** T17: what a backend may do to a value without changing it is no difference. */
class DifferenceTest {

  @Test
  void namesEachLeafThatDiffersInTheOrderOfTheDesiredFields() {
    // Given
    var desired =
        json(
            """
            {"name": "Support", "settings": {"prompt": "new", "snippet": {"logo": "l"}}, "x": 1}
            """);
    var observed =
        json(
            """
            {"x": 2, "settings": {"snippet": {"logo": "L", "name": "n"}, "prompt": "old"},
             "name": "Support", "active": true}
            """);

    // When
    var differences = Difference.between(desired, observed);

    // Then
    assertThat(differences)
        .containsExactly(
            new Difference("settings.prompt", TextNode.valueOf("new"), TextNode.valueOf("old")),
            new Difference("settings.snippet.logo", TextNode.valueOf("l"), TextNode.valueOf("L")),
            new Difference("x", json("{\"x\": 1}").get("x"), json("{\"x\": 2}").get("x")));
  }

  @Test
  void showsMissingFieldAsAbsent() {
    // When
    var differences = Difference.between(json("{\"name\": \"Support\"}"), json("{}"));

    // Then
    assertThat(differences)
        .containsExactly(new Difference("name", TextNode.valueOf("Support"), null));
  }

  @ParameterizedTest
  @MethodSource("longTexts")
  @DisplayName("T60: a listed bot is compared as it would be with its long texts")
  void comparesDigestsOfLongTextsAsTheTexts(String desired, String observed) {
    // Given
    var fields = json("{\"settings\": {}}");
    fields.withObject("/settings").put("prompt", observed);
    var wanted = json("{\"settings\": {}}");
    wanted.withObject("/settings").put("prompt", desired);
    var listed = new Bot("b", null, null, fields).abridged().fields();

    // When
    var withText = Difference.between(wanted, fields);
    var withDigest = Difference.between(wanted, listed);

    // Then
    assertThat(listed.at("/settings/prompt").isPojo()).isTrue();
    assertThat(withDigest).extracting(Difference::path).isEqualTo(paths(withText));
    assertThat(DriftFormatter.of(withDigest)).isEqualTo(DriftFormatter.of(withText));
  }

  static Stream<Arguments> longTexts() {
    var text = "A line.\n".repeat(200) + "The end.";
    return Stream.of(
        arguments(text, text),
        arguments(text, text + "\n\n  "),
        arguments(text + " \n", text),
        arguments(text, text.replace("\n", "\r\n")),
        arguments(text.replace("\n", "\r\n"), text),
        arguments(text, text.toUpperCase(Locale.ROOT)),
        arguments(text, " " + text),
        arguments("\n\n" + text, text),
        arguments(text.replace('A', '\u00c9'), text.replace("A", "E\u0301")),
        arguments(text, text.replaceFirst("line", "lines")),
        arguments(text, text.replaceFirst("\n", "\n\n")),
        arguments("short", text),
        arguments("", " ".repeat(2000)),
        arguments("", text),
        arguments("#fff", "#fff" + " ".repeat(2000)));
  }

  private static List<String> paths(List<Difference> differences) {
    return differences.stream().map(Difference::path).toList();
  }

  @Test
  void showsNullOfTheBackend() {
    // When
    var differences = Difference.between(json("{\"a\": \"x\"}"), json("{\"a\": null}"));

    // Then
    assertThat(differences)
        .containsExactly(new Difference("a", TextNode.valueOf("x"), NullNode.getInstance()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Colours: case, short form, and an opaque alpha channel.
        "{\"primaryColor\": \"#4F46E5\"}|{\"primaryColor\": \"#4f46e5\"}",
        "{\"primaryColor\": \"#FFF\"}|{\"primaryColor\": \"#fff\"}",
        "{\"primaryColor\": \"#fff\"}|{\"primaryColor\": \"#FFFFFF\"}",
        "{\"primaryColor\": \"#A1B2C3\"}|{\"primaryColor\": \"#a1b2c3ff\"}",
        "{\"a\": {\"textColor\": \"#abc\"}}|{\"a\": {\"textColor\": \"#aabbcc\"}}",
        // Links as a URL parser writes them.
        "{\"logo\": \"https://example.com\"}|{\"logo\": \"https://example.com/\"}",
        "{\"logo\": \"https://example.com/\"}|{\"logo\": \"https://example.com\"}",
        "{\"logo\": \"HTTPS://Example.COM/A\"}|{\"logo\": \"https://example.com/A\"}",
        "{\"imageUrl\": \"https://a.example:443?q\"}|{\"imageUrl\": \"https://a.example/?q\"}",
        "{\"logo\": \"https://a.example/한\"}|{\"logo\": \"https://a.example/%ED%95%9C\"}",
        // Decomposed and composed letters.
        "{\"a\": \"\\u1112\\u1161\\u11ab\"}|{\"a\": \"한\"}",
        "{\"a\": \"caf\\u00e9\"}|{\"a\": \"cafe\\u0301\"}",
        // White space that editors, forms and backends add or remove at both ends.
        "{\"a\": \" text\"}|{\"a\": \"text\"}",
        "{\"a\": \"\\n\\n  text\"}|{\"a\": \"text\"}",
        "{\"a\": \"text\\u00a0\\ufeff\"}|{\"a\": \"\\u3000text\"}",
        "{\"a\": \"text\"}|{\"a\": \"text\\n\"}",
        "{\"a\": \"text\\n\\n\"}|{\"a\": \"text\"}",
        "{\"a\": \"text  \"}|{\"a\": \"text\"}",
        // Line ends of another system.
        "{\"a\": \"one\\ntwo\"}|{\"a\": \"one\\r\\ntwo\"}",
        "{\"a\": \"one\\r\\ntwo\\r\\n\"}|{\"a\": \"one\\ntwo\"}",
        "{\"a\": \"one\\rtwo\"}|{\"a\": \"one\\ntwo\"}",
        // One number, written otherwise.
        "{\"a\": 1}|{\"a\": 1.0}",
        "{\"a\": 0.7}|{\"a\": 0.70}",
        "{\"a\": 2048}|{\"a\": 2.048e3}",
        // One number, rounded to 32 bits or to fewer digits.
        "{\"a\": 0.7}|{\"a\": 0.699999988079071}",
        "{\"a\": 0.1}|{\"a\": 0.10000000149011612}",
        "{\"a\": 1}|{\"a\": 0.9999999999999999}",
        // Nothing is nothing.
        "{\"a\": null}|{}",
        "{\"a\": null}|{\"a\": null}",
        "{\"a\": \"\"}|{}",
        "{\"a\": \"\"}|{\"a\": null}",
        "{\"a\": \" \\n\"}|{\"a\": null}",
        "{\"a\": {}}|{}",
        "{\"a\": {}}|{\"a\": null}",
        // Whatever the spec does not mention.
        "{}|{\"a\": 1, \"b\": {\"c\": 2}}",
        "{\"a\": {\"b\": 1}}|{\"a\": {\"b\": 1, \"c\": 2}, \"d\": 3}"
      })
  void t17EquivalentValuesDoNotDiffer(String desired, String observed) {
    // When
    var differences = Difference.between(json(desired), json(observed));

    // Then
    assertThat(differences).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\": \"Text\"}|{\"a\": \"text\"}",
        "{\"primaryColor\": \"#4F46E5\"}|{\"primaryColor\": \"#4F46E6\"}",
        "{\"primaryColor\": \"#fff\"}|{\"primaryColor\": \"#000\"}",
        "{\"primaryColor\": \"#fff\"}|{\"primaryColor\": \"#fffff0\"}",
        "{\"primaryColor\": \"#fff\"}|{\"primaryColor\": \"#ffffff80\"}",
        "{\"primaryColor\": \"#GGG\"}|{\"primaryColor\": \"#ggg\"}",
        // A text that looks like a colour or a link is a text.
        "{\"greeting\": \"#FFF\"}|{\"greeting\": \"#fff\"}",
        "{\"greeting\": \"https://example.com\"}|{\"greeting\": \"https://example.com/\"}",
        "{\"logo\": \"https://example.com/a\"}|{\"logo\": \"https://example.com/a/\"}",
        "{\"logo\": \"https://example.com/a\"}|{\"logo\": \"https://example.com/A\"}",
        "{\"logo\": \"https://example.com/\"}|{\"logo\": \"http://example.com/\"}",
        "{\"logo\": \"https://example.com/?a=1\"}|{\"logo\": \"https://example.com/?a=2\"}",
        "{\"a\": \"한\"}|{\"a\": \"하\"}",
        "{\"a\": \"one\\n\\ntwo\"}|{\"a\": \"one\\ntwo\"}",
        "{\"a\": \"one two\"}|{\"a\": \"one  two\"}",
        "{\"a\": \"one\\ntwo\"}|{\"a\": \"one two\"}",
        "{\"a\": 0.7}|{\"a\": 0.71}",
        "{\"a\": 0.7}|{\"a\": 0.70001}",
        "{\"a\": 0.7}|{\"a\": 1e400}",
        "{\"a\": 999999}|{\"a\": 1000000}",
        "{\"a\": 16777216}|{\"a\": 16777217.0}",
        "{\"a\": 1}|{\"a\": \"1\"}",
        "{\"a\": true}|{\"a\": false}",
        "{\"a\": true}|{\"a\": \"true\"}",
        "{\"a\": false}|{\"a\": null}",
        "{\"a\": 0}|{}",
        "{\"a\": \"\"}|{\"a\": \"text\"}",
        "{\"a\": {\"b\": 1}}|{\"a\": 1}",
        "{\"a\": {\"b\": 1}}|{\"a\": [1]}",
        "{\"a\": {\"b\": 1}}|{}"
      })
  void otherValuesDiffer(String desired, String observed) {
    // When
    var differences = Difference.between(json(desired), json(observed));

    // Then
    assertThat(differences).hasSize(1);
  }

  @Test
  void mergeOverwritesObservedFieldsWithDesiredOnes() {
    // Given
    var observed =
        json(
            """
            {"prompt": "old", "avatar": "https://a/1.png", "snippet": {"logo": "l", "font": "f"},
             "fromTheFuture": {"deep": [1, 2]}}
            """);
    var desired = json("{\"prompt\": \"new\", \"snippet\": {\"logo\": \"L\", \"name\": \"n\"}}");

    // When
    var merged = Difference.merge(observed, desired);

    // Then
    assertThat(merged)
        .isEqualTo(
            json(
                """
                {"prompt": "new", "avatar": "https://a/1.png",
                 "snippet": {"logo": "L", "font": "f", "name": "n"},
                 "fromTheFuture": {"deep": [1, 2]}}
                """));
  }

  @ParameterizedTest
  @CsvSource({"null", "1", "'\"text\"'", "'[1]'", "{}"})
  void mergeReplacesValueThatIsNoObject(String observed) {
    // Given
    var parent = json("{\"snippet\": " + observed + "}");

    // When
    var merged = Difference.merge(parent, json("{\"snippet\": {\"logo\": \"L\"}}"));

    // Then
    assertThat(merged).isEqualTo(json("{\"snippet\": {\"logo\": \"L\"}}"));
  }

  @Test
  void mergeIntoNothingIsTheDesiredValue() {
    // When
    var merged = Difference.merge(null, json("{\"a\": {\"b\": 1}}"));

    // Then
    assertThat(merged).isEqualTo(json("{\"a\": {\"b\": 1}}"));
  }

  @Test
  void mergeChangesNeitherInput() {
    // Given
    var observed = json("{\"a\": {\"b\": 1}}");
    var desired = json("{\"a\": {\"c\": {\"d\": 2}}}");

    // When
    Difference.merge(observed, desired).withObject("/a/c").put("d", 3);

    // Then
    assertThat(observed).isEqualTo(json("{\"a\": {\"b\": 1}}"));
    assertThat(desired).isEqualTo(json("{\"a\": {\"c\": {\"d\": 2}}}"));
  }
}
