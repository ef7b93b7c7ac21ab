package ai.okchat.planning.document;

import static ai.okchat.planning.document.PlannedDocuments.document;
import static ai.okchat.planning.document.PlannedDocuments.documents;
import static ai.okchat.planning.document.PlannedDocuments.listed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recognition of older versions of documents by name or by content. */
class DocumentVersionsTest {

  @Test
  void knowsTheComparableNamesAndTheContentsOfDocuments() {
    // Given
    var documents = documents("Opening-Hours=1", "prices=2", "copy=2");

    // When
    var versions = DocumentVersions.of(documents);

    // Then
    assertThat(versions)
        .isEqualTo(
            new DocumentVersions(
                Set.of("openinghours", "prices", "copy"), Set.of(tag("x=1"), tag("x=2"))));
  }

  @Test
  void knowsNoContentWhenOnlyNamesAreKnown() {
    // When
    var versions = DocumentVersions.named(List.of("Opening-Hours", "opening_hours"));

    // Then
    assertThat(versions).isEqualTo(new DocumentVersions(Set.of("openinghours"), Set.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "hours=1, true",
    "hours=0, true",
    "HOURS=0, true",
    "files/hours=0, true",
    "C:\\files\\hours=0, true",
    "renamed=1, true",
    "hours-2=0, false",
    "files/hours/x=0, false",
    "renamed=0, false"
  })
  void includesSameNameOrSameContent(String found, boolean included) {
    // Given
    var versions = DocumentVersions.of(documents("hours=1"));

    // When, Then
    assertThat(versions.include(listed(found))).isEqualTo(included);
  }

  @ParameterizedTest
  @CsvSource({"hours=1, true", "uploads/Hours=0, true", "renamed=1, false"})
  void includesSameNameWhenOnlyNamesAreKnown(String found, boolean included) {
    // Given
    var versions = DocumentVersions.named(List.of("hours"));

    // When, Then
    assertThat(versions.include(listed(found))).isEqualTo(included);
  }

  @Test
  void includesNothingWithoutDocuments() {
    // Given
    var versions = DocumentVersions.of(List.of());

    // When, Then
    assertThat(versions.include(listed("hours=1"))).isFalse();
  }

  private static String tag(String written) {
    return document(written).title().contentTag();
  }
}
