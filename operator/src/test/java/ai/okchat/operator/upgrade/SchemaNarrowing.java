package ai.okchat.operator.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Finds where a later schema is narrower than an earlier one: removed fields, and values that it no
 * longer accepts. Pure.
 *
 * <p>A text is compared as it is: a pattern or a rule that changed counts as narrower, because a
 * program cannot decide it.
 */
final class SchemaNarrowing {

  private static final List<String> UPPER_LIMITS =
      List.of("maximum", "maxLength", "maxItems", "maxProperties");
  private static final List<String> LOWER_LIMITS =
      List.of("minimum", "minLength", "minItems", "minProperties");
  private static final List<String> TEXTS = List.of("type", "pattern", "format");
  private static final List<String> SWITCHES =
      List.of("nullable", "x-kubernetes-preserve-unknown-fields", "x-kubernetes-int-or-string");

  private final List<String> found = new ArrayList<>();

  private SchemaNarrowing() {}

  /** One line for each, {@code path: what}; empty where everything that was valid still is. */
  static List<String> between(JsonNode released, JsonNode next) {
    var narrowing = new SchemaNarrowing();
    narrowing.compare("", released, next);
    return List.copyOf(narrowing.found);
  }

  private void compare(String path, JsonNode released, JsonNode next) {
    compareValues(path, released, next);
    compareFields(path, released, next);
    if (released.has("items")) {
      compareChild(path + "[]", released.path("items"), next.path("items"));
    }
    if (released.path("additionalProperties").isObject()) {
      compareChild(
          path + "{}", released.path("additionalProperties"), next.path("additionalProperties"));
    }
  }

  private void compareChild(String path, JsonNode released, JsonNode next) {
    if (next.isMissingNode()) {
      found.add(path + ": removed");
    } else {
      compare(path, released, next);
    }
  }

  private void compareFields(String path, JsonNode released, JsonNode next) {
    released
        .path("properties")
        .properties()
        .forEach(
            property ->
                compareChild(
                    path + "." + property.getKey(),
                    property.getValue(),
                    next.path("properties").path(property.getKey())));
    minus(texts(next, "required"), texts(released, "required"))
        .forEach(field -> found.add(path + "." + field + ": newly required"));
  }

  private void compareValues(String path, JsonNode released, JsonNode next) {
    for (var key : TEXTS) {
      if (isOtherText(key, released, next) || isTypeGone(key, next)) {
        found.add("%s: %s %s".formatted(path, key, change(released, next, key)));
      }
    }
    for (var key : SWITCHES) {
      if (released.path(key).asBoolean() && !next.path(key).asBoolean()) {
        found.add("%s: no longer %s".formatted(path, key));
      }
    }
    compareLimits(path, released, next);
    compareChoices(path, released, next);
  }

  private static boolean isOtherText(String key, JsonNode released, JsonNode next) {
    return next.has(key) && !next.path(key).equals(released.path(key));
  }

  /** Without a type nothing is stored at all. */
  private static boolean isTypeGone(String key, JsonNode next) {
    return key.equals("type")
        && !next.has("type")
        && !next.path("x-kubernetes-int-or-string").asBoolean()
        && !next.path("x-kubernetes-preserve-unknown-fields").asBoolean();
  }

  private void compareLimits(String path, JsonNode released, JsonNode next) {
    for (var key : UPPER_LIMITS) {
      if (next.has(key)
          && (!released.has(key) || next.path(key).asDouble() < released.path(key).asDouble())) {
        found.add("%s: %s %s".formatted(path, key, change(released, next, key)));
      }
    }
    for (var key : LOWER_LIMITS) {
      if (next.has(key)
          && (!released.has(key) || next.path(key).asDouble() > released.path(key).asDouble())) {
        found.add("%s: %s %s".formatted(path, key, change(released, next, key)));
      }
    }
  }

  private void compareChoices(String path, JsonNode released, JsonNode next) {
    if (next.has("enum") && !released.has("enum")) {
      found.add(path + ": enum from none to " + texts(next, "enum"));
    } else if (next.has("enum")) {
      minus(texts(released, "enum"), texts(next, "enum"))
          .forEach(value -> found.add("%s: no longer takes %s".formatted(path, value)));
    }
    minus(rules(next), rules(released)).forEach(rule -> found.add(path + ": new rule " + rule));
  }

  private static String change(JsonNode released, JsonNode next, String key) {
    return "from %s to %s".formatted(valueOf(released, key), valueOf(next, key));
  }

  private static String valueOf(JsonNode schema, String key) {
    return schema.has(key) ? schema.path(key).asText() : "none";
  }

  private static Stream<String> minus(Set<String> all, Set<String> without) {
    return all.stream().filter(element -> !without.contains(element)).sorted();
  }

  private static Set<String> texts(JsonNode schema, String key) {
    return StreamSupport.stream(schema.path(key).spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.toSet());
  }

  private static Set<String> rules(JsonNode schema) {
    return StreamSupport.stream(schema.path("x-kubernetes-validations").spliterator(), false)
        .map(rule -> Objects.requireNonNull(rule.path("rule").asText()))
        .collect(Collectors.toSet());
  }
}
