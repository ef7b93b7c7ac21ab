package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.json;
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
        // Colours, in either case.
        "{\"a\": \"#4F46E5\"}|{\"a\": \"#4f46e5\"}",
        "{\"a\": \"#FFF\"}|{\"a\": \"#fff\"}",
        // White space that editors and forms add or remove at the end.
        "{\"a\": \"text\"}|{\"a\": \"text\\n\"}",
        "{\"a\": \"text\\n\\n\"}|{\"a\": \"text\"}",
        "{\"a\": \"text  \"}|{\"a\": \"text\"}",
        // Line ends of another system.
        "{\"a\": \"one\\ntwo\"}|{\"a\": \"one\\r\\ntwo\"}",
        "{\"a\": \"one\\r\\ntwo\\r\\n\"}|{\"a\": \"one\\ntwo\"}",
        // One number, written otherwise.
        "{\"a\": 1}|{\"a\": 1.0}",
        "{\"a\": 0.7}|{\"a\": 0.70}",
        "{\"a\": 2048}|{\"a\": 2.048e3}",
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
        "{\"a\": \"#4F46E5\"}|{\"a\": \"#4F46E6\"}",
        "{\"a\": \"#GGG\"}|{\"a\": \"#ggg\"}",
        "{\"a\": \" text\"}|{\"a\": \"text\"}",
        "{\"a\": \"one two\"}|{\"a\": \"one  two\"}",
        "{\"a\": \"one\\ntwo\"}|{\"a\": \"one two\"}",
        "{\"a\": 0.7}|{\"a\": 0.71}",
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
