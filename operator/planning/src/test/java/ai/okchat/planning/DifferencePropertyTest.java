package ai.okchat.planning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Properties of comparing and merging for any fields. */
class DifferencePropertyTest {

  @Property
  void nothingDiffersAfterAMerge(
      @ForAll("observed") ObjectNode observed, @ForAll("desired") ObjectNode desired) {
    // When
    var merged = Difference.merge(observed, desired);

    // Then
    assertThat(Difference.between(desired, merged)).isEmpty();
  }

  @Property
  void b1MergeKeepsFieldsThatTheSpecOmits(
      @ForAll("observed") ObjectNode observed, @ForAll("desired") ObjectNode desired) {
    // When
    var merged = Difference.merge(observed, desired);

    // Then
    assertUnmentionedIsKept(observed, desired, merged);
  }

  @Property
  void mergeAddsOnlyDesiredFields(
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
  void secondMergeChangesNothing(
      @ForAll("observed") ObjectNode observed, @ForAll("desired") ObjectNode desired) {
    // Given
    var once = Difference.merge(observed, desired);

    // When
    var twice = Difference.merge(once, desired);

    // Then
    assertThat(twice).isEqualTo(once);
  }

  @Property
  void equalFieldsDoNotDiffer(@ForAll("desired") ObjectNode fields) {
    // When
    var differences = Difference.between(fields, fields.deepCopy());

    // Then
    assertThat(differences).isEmpty();
  }

  @Property
  void everyDifferenceIsOfADesiredLeaf(
      @ForAll("observed") ObjectNode observed, @ForAll("desired") ObjectNode desired) {
    // When
    var differences = Difference.between(desired, observed);

    // Then
    assertThat(differences)
        .allSatisfy(
            difference ->
                assertThat(desired.at("/" + difference.path().replace('.', '/')))
                    .isEqualTo(difference.desired()))
        .doesNotHaveDuplicates();
  }

  @Property(tries = 100)
  void t17HundredReconciliationsAfterAWriteFindNoDifference(
      @ForAll("observed") ObjectNode observed,
      @ForAll("desired") ObjectNode desired,
      @ForAll Random chance) {
    // Given
    var stored = Difference.merge(observed, desired);

    // When
    for (var pass = 0; pass < 100; pass++) {
      var listed = RandomFields.retold(stored, chance);

      // Then
      assertThat(Difference.between(desired, listed)).isEmpty();
    }
  }

  @Provide
  static Arbitrary<ObjectNode> desired() {
    return RandomFields.desired();
  }

  @Provide
  static Arbitrary<ObjectNode> observed() {
    return RandomFields.observed();
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
