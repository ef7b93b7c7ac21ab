package ai.okchat.planning;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.client.Bot;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/**
 * Whatever representation a backend chooses, an unchanged value does not differ and a changed one
 * does.
 */
class FieldEquivalencePropertyTest {

  /** A value of a field, and another one that a user would call different. */
  record Change(String field, JsonNode before, JsonNode after) {}

  @Property
  void unchangedValueIsTheSameInAnyRepresentation(
      @ForAll("changes") Change change, @ForAll Random chance) {
    // Given
    var stored = RandomFields.retoldValue(change.field(), change.before(), chance);

    // When
    var same = FieldEquivalence.same(change.field(), change.before(), stored);
    var sameListed =
        FieldEquivalence.same(change.field(), change.before(), listed(change.field(), stored));

    // Then
    assertThat(same).isTrue();
    assertThat(sameListed).isTrue();
  }

  @Property
  void changedValueDiffersInAnyRepresentation(
      @ForAll("changes") Change change, @ForAll Random chance) {
    // Given
    var stored = RandomFields.retoldValue(change.field(), change.after(), chance);

    // When
    var same = FieldEquivalence.same(change.field(), change.before(), stored);
    var sameListed =
        FieldEquivalence.same(change.field(), change.before(), listed(change.field(), stored));

    // Then
    assertThat(same).isFalse();
    assertThat(sameListed).isFalse();
  }

  @Property
  void anyTwoTextsThatAreTheSameBothWaysAreComparedBothWays(
      @ForAll("texts") String one, @ForAll("texts") String other) {
    // When
    var same = FieldEquivalence.same("a", TextNode.valueOf(one), TextNode.valueOf(other));
    var reversed = FieldEquivalence.same("a", TextNode.valueOf(other), TextNode.valueOf(one));

    // Then
    assertThat(same).isEqualTo(reversed);
  }

  @Test
  void everyColourAndLinkOfTheSpecIsComparedAsSuch() {
    // Given
    var colours = SpecField.ALL.stream().filter(field -> field.value().startsWith("\"#")).toList();
    var links =
        SpecField.ALL.stream().filter(field -> field.value().startsWith("\"https:")).toList();

    // When
    var sameColours =
        colours.stream().filter(field -> isSame(field.spec(), "#fff", "#FFFFFF")).toList();
    var sameLinks =
        links.stream()
            .filter(field -> isSame(field.spec(), "https://a.example", "https://A.example/"))
            .toList();

    // Then
    assertThat(sameColours).hasSizeGreaterThan(8).isEqualTo(colours);
    assertThat(sameLinks).hasSizeGreaterThan(2).isEqualTo(links);
  }

  private static boolean isSame(String path, String desired, String observed) {
    return FieldEquivalence.same(path, TextNode.valueOf(desired), TextNode.valueOf(observed));
  }

  @Provide
  static Arbitrary<Change> changes() {
    return Arbitraries.oneOf(
        changedTexts(), changedRatios(), changedCounts(), changedColours(), changedLinks());
  }

  @Provide
  static Arbitrary<String> texts() {
    var line =
        Arbitraries.of("한글", "\u1112\u1161\u11ab", "가", "caf\u00e9", "e\u0301", "a", " ", ".", "🤖")
            .list()
            .ofMaxSize(12)
            .map(parts -> String.join("", parts));
    var end = Arbitraries.of("\n", "\r\n", "\n\n", "");
    return Combinators.combine(line.list().ofMaxSize(6), end, Arbitraries.of(1, 1, 300))
        .as((lines, lineEnd, times) -> (String.join(lineEnd, lines) + lineEnd).repeat(times));
  }

  /** One letter or one inner line more, or one letter less. */
  private static Arbitrary<Change> changedTexts() {
    var more = Arbitraries.of("x", "글", "\nx\n", "\n\n가나다\n");
    return Combinators.combine(texts(), texts(), more)
        .as(
            (before, after, added) ->
                new Change(
                    "settings.prompt",
                    TextNode.valueOf(before + "^" + after),
                    TextNode.valueOf(before + "^" + added + after)))
        .flatMap(
            change ->
                Arbitraries.of(
                    change,
                    new Change(
                        change.field(),
                        /* before= */ change.after(),
                        /* after= */ change.before())));
  }

  private static Arbitrary<Change> changedRatios() {
    var ratio = Arbitraries.doubles().between(0, 1).ofScale(4);
    return Combinators.combine(ratio, ratio)
        .filter((one, other) -> Math.abs(one - other) > 0.00005)
        .as(
            (one, other) ->
                new Change(
                    "voice_widget_config.model.temperature",
                    DoubleNode.valueOf(one),
                    DoubleNode.valueOf(other)));
  }

  private static Arbitrary<Change> changedCounts() {
    var count = Arbitraries.integers().between(0, 20_000_000);
    var step = Arbitraries.of(-1, 1, 1000);
    return Combinators.combine(count, step)
        .as(
            (one, more) ->
                new Change(
                    "voice_widget_config.model.max_output_tokens",
                    IntNode.valueOf(one),
                    IntNode.valueOf(one + more)));
  }

  private static Arbitrary<Change> changedColours() {
    var digits = Arbitraries.strings().withChars("0123456789abcdefABCDEF");
    var colour = Arbitraries.oneOf(digits.ofLength(3), digits.ofLength(6)).map(text -> "#" + text);
    return Combinators.combine(colour, colour)
        .filter((one, other) -> !rgb(one).equals(rgb(other)))
        .as(
            (one, other) ->
                new Change(
                    "settings.snippet.primaryColor",
                    TextNode.valueOf(one),
                    TextNode.valueOf(other)));
  }

  private static Arbitrary<Change> changedLinks() {
    var link =
        Arbitraries.of(
            "https://a.example",
            "http://a.example",
            "https://b.example",
            "https://a.example/a",
            "https://a.example/A",
            "https://a.example/a/",
            "https://a.example?q=1",
            "https://a.example?q=2",
            "https://a.example:8443",
            "https://a.example/로고.png");
    return Combinators.combine(link, link)
        .filter((one, other) -> !one.equals(other))
        .as((one, other) -> new Change("logo", TextNode.valueOf(one), TextNode.valueOf(other)));
  }

  /** The parts of a colour as numbers, computed in another way than the code does. */
  private static String rgb(String colour) {
    var width = colour.length() == 4 ? 1 : 2;
    var parts = new int[3];
    for (var part = 0; part < 3; part++) {
      var digits = colour.substring(1 + part * width, 1 + (part + 1) * width);
      parts[part] = Integer.parseInt(digits, 16) * (width == 1 ? 17 : 1);
    }
    return Arrays.toString(parts);
  }

  /** The value as the inventory keeps it: a long text as its digest. */
  private static JsonNode listed(String path, JsonNode stored) {
    var fields = JsonNodeFactory.instance.objectNode();
    fields.set(path, stored);
    return new Bot("b", null, null, fields).abridged().fields().get(path);
  }
}
