package ai.okchat.planning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import okhttp3.HttpUrl;

/** Fields of bots by chance: what specs ask for, and what backends make of it. */
final class RandomFields {
  private static final int DEPTH = 2;
  private static final Pattern COLOUR = Pattern.compile("#([0-9a-fA-F]{3}){1,2}");

  private RandomFields() {}

  /** Fields as a spec has them: no nulls, no arrays. */
  static Arbitrary<ObjectNode> desired() {
    return object(desiredLeaf(), DEPTH);
  }

  /** Fields as a backend may have them. */
  static Arbitrary<ObjectNode> observed() {
    Arbitrary<JsonNode> array = desiredLeaf().list().ofMaxSize(3).map(RandomFields::array);
    Arbitrary<JsonNode> nothing = Arbitraries.just(NullNode.getInstance());
    return object(Arbitraries.oneOf(desiredLeaf(), array, nothing), DEPTH);
  }

  private static Arbitrary<JsonNode> desiredLeaf() {
    return Arbitraries.oneOf(
        Arbitraries.strings()
            .withChars("ab #\r\n\tÄ한\u1112\u1161\u0301🤖F09")
            .ofMaxLength(12)
            .map(TextNode::valueOf)
            .map(JsonNode.class::cast),
        Arbitraries.of("#4F46E5", "#fff", "#ABC", "#10b981").map(TextNode::valueOf),
        Arbitraries.of("https://a.example", "https://a.example/한?b", "HTTP://A.example/b/")
            .map(TextNode::valueOf),
        Arbitraries.integers().between(-5, 5000).map(IntNode::valueOf),
        Arbitraries.doubles().between(0, 1).ofScale(3).map(DoubleNode::valueOf),
        Arbitraries.of(true, false).map(BooleanNode::valueOf));
  }

  private static Arbitrary<ObjectNode> object(Arbitrary<JsonNode> leaf, int depth) {
    var value =
        depth == 0
            ? leaf
            : Arbitraries.oneOf(leaf, object(leaf, depth - 1).map(JsonNode.class::cast));
    var key = Arbitraries.of("name", "settings", "snippet", "logo", "primaryColor", "unknown", "a");
    return Arbitraries.maps(key, value)
        .ofMaxSize(5)
        .map(fields -> JsonNodeFactory.instance.objectNode().setAll(fields));
  }

  private static JsonNode array(Iterable<JsonNode> items) {
    var array = JsonNodeFactory.instance.arrayNode();
    items.forEach(array::add);
    return array;
  }

  /** The same values as another backend would write them. */
  static ObjectNode retold(ObjectNode stored, Random chance) {
    var fields = new ArrayList<>(stored.properties());
    Collections.shuffle(fields, chance);
    var retold = JsonNodeFactory.instance.objectNode();
    fields.forEach(
        field -> retold.set(field.getKey(), retoldValue(field.getKey(), field.getValue(), chance)));
    return retold;
  }

  /** The same value of a field as another backend would write it. */
  static JsonNode retoldValue(String name, JsonNode value, Random chance) {
    return switch (value) {
      case ObjectNode object -> retold(object, chance);
      case TextNode text when text.textValue().isBlank() && chance.nextBoolean() ->
          NullNode.getInstance();
      case TextNode text -> TextNode.valueOf(retoldText(name, text.textValue(), chance));
      case IntNode number when chance.nextBoolean() ->
          DecimalNode.valueOf(number.decimalValue().setScale(2));
      case DoubleNode number when chance.nextBoolean() ->
          DecimalNode.valueOf(number.decimalValue().setScale(6));
      case DoubleNode number when chance.nextBoolean() ->
          DoubleNode.valueOf((float) number.doubleValue());
      default -> value;
    };
  }

  private static String retoldText(String name, String text, Random chance) {
    if (name.endsWith("Color") && COLOUR.matcher(text).matches()) {
      return retoldColour(text, chance);
    }
    var link = name.equals("logo") ? HttpUrl.parse(text) : null;
    if (link != null && chance.nextBoolean()) {
      return link.toString();
    }
    return switch (chance.nextInt(7)) {
      case 0 -> text + "\n";
      case 1 -> text.strip();
      case 2 -> text.replace("\r\n", "\n").replace("\n", "\r\n");
      case 3 -> " \n\r\n" + text;
      case 4 -> Normalizer.normalize(text, Normalizer.Form.NFD);
      case 5 -> Normalizer.normalize(text, Normalizer.Form.NFC);
      default -> text;
    };
  }

  private static String retoldColour(String text, Random chance) {
    var longer = text.length() == 4 ? text.replaceAll("([0-9a-fA-F])", "$1$1") : text;
    return switch (chance.nextInt(4)) {
      case 0 -> text.toLowerCase(Locale.ROOT);
      case 1 -> text.toUpperCase(Locale.ROOT);
      case 2 -> longer;
      default -> longer.toUpperCase(Locale.ROOT);
    };
  }
}
