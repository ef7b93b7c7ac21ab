package ai.okchat.planning;

import static ai.okchat.planning.PlannedBot.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldDigestsTest {

  private static final String APPLIED =
      FieldDigests.of(json("{\"name\": \"a\", \"settings\": {\"model\": \"m\", \"flag\": false}}"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "the same in another order | {'settings': {'flag': false, 'model': 'm'}, 'name': 'a'} |"
            + " true",
        "a field less              | {'settings': {'model': 'm'}}                             |"
            + " true",
        "nothing                   | {}                                                       |"
            + " true",
        "an empty object           | {'settings': {}, 'name': 'a'}                            |"
            + " true",
        "another value             | {'name': 'b'}                                            |"
            + " false",
        "an empty value            | {'name': ''}                                             |"
            + " false",
        "another type              | {'settings': {'flag': 'false'}}                          |"
            + " false",
        "a field more              | {'name': 'a', 'description': 'd'}                        |"
            + " false",
        "the value of another      | {'settings': {'model': 'a'}}                             |"
            + " false",
        "another parent            | {'model': 'm'}                                           |"
            + " false"
      })
  void areAppliedWhenEachFieldWasAppliedWithItsValue(String what, String desired, boolean applied) {
    // When
    var areApplied =
        FieldDigests.areApplied(FieldDigests.of(json(desired.replace('\'', '"'))), APPLIED);

    // Then
    assertThat(areApplied).as(what).isEqualTo(applied);
  }

  @Test
  void areNotAppliedWhenTheStatusHasNoneOrAnotherText() {
    // Given
    var desired = FieldDigests.of(json("{\"name\": \"a\"}"));

    // When
    var applied =
        Stream.of(null, "", "sha256:0a1b2c", "x".repeat(5), "é".repeat(100))
            .map(recorded -> FieldDigests.areApplied(desired, recorded));

    // Then
    assertThat(applied).containsOnly(false);
  }

  @Test
  void fitIntoTheStatusWhenTheSpecHasEachField() {
    // Given
    var all = PlannedBot.json("{}");
    SpecField.ALL.forEach(field -> all.put(field.spec(), field.value()));

    // When
    var digests = FieldDigests.of(all);

    // Then
    assertThat(digests).hasSize(12 * SpecField.ALL.size()).hasSizeLessThanOrEqualTo(1024);
  }
}
