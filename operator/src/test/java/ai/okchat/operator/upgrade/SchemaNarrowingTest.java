package ai.okchat.operator.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes between two schemas that count as narrower, and changes that do not. */
final class SchemaNarrowingTest {

  static Stream<Arguments> narrower() {
    return Stream.of(
        arguments("{a: {type: string}, b: {type: string}}", "{a: {type: string}}", ".b: removed"),
        arguments("{a: {type: string}}", "{a: {type: integer}}", ".a: type from string to integer"),
        arguments("{a: {type: string}}", "{a: {}}", ".a: type from string to none"),
        arguments(
            "{a: {type: string, enum: [x, y]}}",
            "{a: {type: string, enum: [x]}}",
            ".a: no longer takes y"),
        arguments(
            "{a: {type: string}}", "{a: {type: string, enum: [x]}}", ".a: enum from none to [x]"),
        arguments(
            "{a: {type: string, maxLength: 9}}",
            "{a: {type: string, maxLength: 8}}",
            ".a: maxLength from 9 to 8"),
        arguments(
            "{a: {type: integer}}",
            "{a: {type: integer, maximum: 8}}",
            ".a: maximum from none to 8"),
        arguments(
            "{a: {type: integer, minimum: 1}}",
            "{a: {type: integer, minimum: 2}}",
            ".a: minimum from 1 to 2"),
        arguments(
            "{a: {type: array, items: {type: string}}}",
            "{a: {type: array, minItems: 1, items: {type: string}}}",
            ".a: minItems from none to 1"),
        arguments(
            "{a: {type: string, pattern: x}}",
            "{a: {type: string, pattern: y}}",
            ".a: pattern from x to y"),
        arguments(
            "{a: {type: string}}",
            "{a: {type: string, format: uri}}",
            ".a: format from none to uri"),
        arguments(
            "{a: {type: array, items: {type: object, properties: {b: {type: string}}}}}",
            "{a: {type: array, items: {type: object, properties: {}}}}",
            ".a[].b: removed"),
        arguments(
            "{a: {type: object, additionalProperties: {type: string}}}",
            "{a: {type: object, additionalProperties: {type: string, maxLength: 3}}}",
            ".a{}: maxLength from none to 3"),
        arguments(
            "{a: {type: object, properties: {b: {type: string}}}}",
            "{a: {type: object, required: [b], properties: {b: {type: string}}}}",
            ".a.b: newly required"),
        arguments(
            "{a: {type: string, nullable: true}}", "{a: {type: string}}", ".a: no longer nullable"),
        arguments(
            "{a: {type: object}}",
            "{a: {type: object, x-kubernetes-validations: [{rule: has(self.b)}]}}",
            ".a: new rule has(self.b)"));
  }

  static Stream<Arguments> notNarrower() {
    return Stream.of(
        arguments("{a: {type: string}}", "{a: {type: string}}"),
        arguments("{a: {type: string}}", "{a: {type: string, description: new}}"),
        arguments("{a: {type: string}}", "{a: {type: string}, b: {type: string}}"),
        arguments(
            "{a: {type: object, required: [b], properties: {b: {type: string}}}}",
            "{a: {type: object, properties: {b: {type: string}}}}"),
        arguments("{}", "{a: {type: object, required: [b], properties: {b: {type: string}}}}"),
        arguments("{a: {type: string, enum: [x]}}", "{a: {type: string, enum: [x, y]}}"),
        arguments("{a: {type: string, enum: [x]}}", "{a: {type: string}}"),
        arguments("{a: {type: string, maxLength: 8}}", "{a: {type: string, maxLength: 9}}"),
        arguments("{a: {type: string, maxLength: 8}}", "{a: {type: string}}"),
        arguments("{a: {type: integer, minimum: 2}}", "{a: {type: integer, minimum: 1}}"),
        arguments("{a: {type: string, pattern: x}}", "{a: {type: string}}"),
        arguments("{a: {type: string}}", "{a: {type: string, default: x}}"),
        arguments(
            "{a: {type: object, x-kubernetes-validations: [{rule: has(self.b)}]}}",
            "{a: {type: object}}"));
  }

  @ParameterizedTest
  @MethodSource("narrower")
  void namesEachNarrowing(String released, String next, String expected) {
    // When
    var narrowing = SchemaNarrowing.between(schema(released), schema(next));

    // Then
    assertThat(narrowing).isEqualTo(List.of(expected));
  }

  @ParameterizedTest
  @MethodSource("notNarrower")
  void acceptsAdditionsAndWidening(String released, String next) {
    // When
    var narrowing = SchemaNarrowing.between(schema(released), schema(next));

    // Then
    assertThat(narrowing).isEmpty();
  }

  private static JsonNode schema(String properties) {
    return Serialization.unmarshal(
        "type: object\nproperties: " + properties + "\n", JsonNode.class);
  }
}
