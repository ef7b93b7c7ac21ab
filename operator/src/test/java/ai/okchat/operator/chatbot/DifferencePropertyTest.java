package ai.okchat.operator.chatbot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What must hold of comparing and merging whatever the fields are. */
class DifferencePropertyTest {

  @Property
  void after_a_merge_nothing_differs(
      @ForAll("observed") ObjectNode observed, @ForAll("desired") ObjectNode desired) {
    // When
    var merged = Difference.merge(observed, desired);

    // Then
    assertThat(Difference.between(desired, merged)).isEmpty();
  }

  @Property
  void b1_a_merge_never_drops_what_the_spec_does_not_mention(
      @ForAll("observed") ObjectNode observed, @ForAll("desired") ObjectNode desired) {
    // When
    var merged = Difference.merge(observed, desired);

    // Then
    assertUnmentionedIsKept(observed, desired, merged);
  }

  @Property
  void a_merge_adds_nothing_but_what_is_desired(
      @ForAll("observed") ObjectNode observed, @ForAll("desired") ObjectNode desired) {
    // When
    var merged = Difference.merge(observed, desired);

    // Then
    merged
        .fieldNames()
        .forEachRemaining(
            name -> assertThat(observed.has(name) || desired.has(name)).as(name).isTrue());
  }

  @Property
  void the_same_merge_twice_changes_nothing_more(
      @ForAll("observed") ObjectNode observed, @ForAll("desired") ObjectNode desired) {
    // Given
    var once = Difference.merge(observed, desired);

    // When
    var twice = Difference.merge(once, desired);

    // Then
    assertThat(twice).isEqualTo(once);
  }

  @Property
  void equal_fields_do_not_differ(@ForAll("desired") ObjectNode fields) {
    // When
    var differences = Difference.between(fields, fields.deepCopy());

    // Then
    assertThat(differences).isEmpty();
  }

  @Property
  void every_difference_is_one_of_a_desired_leaf(
      @ForAll("observed") ObjectNode observed, @ForAll("desired") ObjectNode desired) {
    // When
    var differences = Difference.between(desired, observed);

    // Then
    assertThat(differences)
        .allSatisfy(
            it -> assertThat(desired.at("/" + it.path().replace('.', '/'))).isEqualTo(it.desired()))
        .doesNotHaveDuplicates();
  }

  @Property(tries = 100)
  void t17_after_one_write_a_hundred_passes_find_nothing_to_do(
      @ForAll("observed") ObjectNode observed,
      @ForAll("desired") ObjectNode desired,
      @ForAll Random chance) {
    // Given
    var stored = Difference.merge(observed, desired);

    // When
    for (var pass = 0; pass < 100; pass++) {
      var listed = JsonFields.retold(stored, chance);

      // Then
      assertThat(Difference.between(desired, listed)).isEmpty();
    }
  }

  @Provide
  static Arbitrary<ObjectNode> desired() {
    return JsonFields.desired();
  }

  @Provide
  static Arbitrary<ObjectNode> observed() {
    return JsonFields.observed();
  }

  private static void assertUnmentionedIsKept(
      ObjectNode observed, ObjectNode desired, JsonNode merged) {
    observed
        .properties()
        .forEach(
            field -> {
              var wanted = desired.get(field.getKey());
              var kept = merged.get(field.getKey());
              if (wanted == null) {
                assertThat(kept).as(field.getKey()).isEqualTo(field.getValue());
              } else if (wanted instanceof ObjectNode object
                  && field.getValue() instanceof ObjectNode child) {
                assertUnmentionedIsKept(child, object, kept);
              }
            });
  }
}
