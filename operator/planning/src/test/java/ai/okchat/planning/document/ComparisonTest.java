package ai.okchat.planning.document;

import static ai.okchat.planning.document.PlannedDocuments.TAG;
import static ai.okchat.planning.document.PlannedDocuments.document;
import static ai.okchat.planning.document.PlannedDocuments.documents;
import static ai.okchat.planning.document.PlannedDocuments.list;
import static ai.okchat.planning.document.PlannedDocuments.listed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Comparison of the documents of the source with those that the backend lists. */
class ComparisonTest {

  @Test
  void acceptsListedDocumentWithTheSameNameAndContent() {
    // Given
    var desired = documents("hours=9", "prices=10");
    var listed = list("prices=10", "hours=9");

    // When
    var comparison = Comparison.of(desired, listed);

    // Then
    assertThat(comparison)
        .isEqualTo(
            new Comparison(
                Map.of(desired.getFirst(), listed.getLast(), desired.getLast(), listed.getFirst()),
                List.of(),
                List.of(),
                List.of()));
  }

  @Test
  void missesEachDocumentInTheOrderOfTheSourceWhenNothingIsListed() {
    // Given
    var desired = documents("c=3", "a=1", "b=2");

    // When
    var comparison = Comparison.of(desired, List.of());

    // Then
    assertThat(comparison).isEqualTo(new Comparison(Map.of(), List.of(), desired, List.of()));
  }

  @Test
  void countsEachListedDocumentAsObsoleteWhenTheSourceIsEmpty() {
    // Given
    var listed = list("c=3", "a=1", "a=1");

    // When
    var comparison = Comparison.of(List.of(), listed);

    // Then
    assertThat(comparison).isEqualTo(new Comparison(Map.of(), List.of(), List.of(), listed));
  }

  @Test
  void missesChangedDocumentWhoseOldVersionIsObsolete() {
    // Given
    var desired = documents("hours=10");
    var listed = list("hours=9");

    // When
    var comparison = Comparison.of(desired, listed);

    // Then
    assertThat(comparison).isEqualTo(new Comparison(Map.of(), List.of(), desired, listed));
  }

  @Test
  void missesRenamedDocumentWhoseOldNameIsObsolete() {
    // Given
    var desired = documents("opening=9");
    var listed = list("hours=9");

    // When
    var comparison = Comparison.of(desired, listed);

    // Then
    assertThat(comparison).isEqualTo(new Comparison(Map.of(), List.of(), desired, listed));
  }

  @Test
  void keepsTheOldestOfThreeCopies() {
    // Given
    var desired = document("hours=9");
    var oldest = listed("1", "hours=9", null);
    var copies = List.of(listed("2", "hours=9", "completed"), listed("3", "hours=9", null));

    // When
    var comparison =
        Comparison.of(List.of(desired), List.of(oldest, copies.getFirst(), copies.getLast()));

    // Then
    assertThat(comparison)
        .isEqualTo(new Comparison(Map.of(desired, oldest), copies, List.of(), List.of()));
  }

  @Test
  void keepsTheOldestCopyThatTheBackendCouldIndex() {
    // Given
    var desired = document("hours=9");
    var failed = listed("1", "hours=9", "failed");
    var indexed = listed("2", "hours=9", null);
    var newest = listed("3", "hours=9", null);

    // When
    var comparison = Comparison.of(List.of(desired), List.of(failed, indexed, newest));

    // Then
    assertThat(comparison)
        .isEqualTo(
            new Comparison(
                Map.of(desired, indexed), List.of(failed, newest), List.of(), List.of()));
  }

  @Test
  void keepsTheOldestCopyWhenTheBackendCouldIndexNone() {
    // Given
    var desired = document("hours=9");
    var oldest = listed("1", "hours=9", "failed");
    var newest = listed("2", "hours=9", "error");

    // When
    var comparison = Comparison.of(List.of(desired), List.of(oldest, newest));

    // Then
    assertThat(comparison)
        .isEqualTo(new Comparison(Map.of(desired, oldest), List.of(newest), List.of(), List.of()));
  }

  @Test
  void keepsEachOfTwoDocumentsWithTheSameContent() {
    // Given
    var desired = documents("hours=9", "opening=9");
    var listed = list("opening=9", "hours=9");

    // When
    var comparison = Comparison.of(desired, listed);

    // Then
    assertThat(comparison)
        .isEqualTo(
            new Comparison(
                Map.of(desired.getFirst(), listed.getLast(), desired.getLast(), listed.getFirst()),
                List.of(),
                List.of(),
                List.of()));
  }

  @Test
  void prefersTheExactNameToOneThatDiffersInPunctuation() {
    // Given
    var similar = named("opening-hours");
    var exact = named("openinghours");
    var found = listed("openinghours=9");

    // When
    var comparison = Comparison.of(List.of(similar, exact), List.of(found));

    // Then
    assertThat(comparison)
        .isEqualTo(new Comparison(Map.of(exact, found), List.of(), List.of(similar), List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "opening-hours=9",
        "Opening_Hours=9",
        "OPENING HOURS=9",
        "uploads/opening-hours=9",
        "C:\\files\\opening-hours=9"
      })
  void acceptsNameThatTheBackendChanged(String changed) {
    // Given
    var desired = document("opening-hours=9");
    var found = listed(changed);

    // When
    var comparison = Comparison.of(List.of(desired), List.of(found));

    // Then
    assertThat(comparison)
        .isEqualTo(new Comparison(Map.of(desired, found), List.of(), List.of(), List.of()));
  }

  @Test
  void countsCopiesWithDifferentSpellingsAsDuplicates() {
    // Given
    var desired = document("hours=9");
    var listed = list("uploads/hours=9", "hours=9", "HOURS=9");

    // When
    var comparison = Comparison.of(List.of(desired), listed);

    // Then
    assertThat(comparison)
        .isEqualTo(
            new Comparison(
                Map.of(desired, listed.getFirst()), listed.subList(1, 3), List.of(), List.of()));
  }

  @Test
  void acceptsTheSameCopiesInEachOrderOfTheSource() {
    // Given
    var desired = documents("a=1", "b=2", "c=3");
    var listed = list("c=3", "b=0", "a=1");

    // When
    var forward = Comparison.of(desired, listed);
    var backward = Comparison.of(desired.reversed(), listed);

    // Then
    assertThat(backward).isEqualTo(forward);
    assertThat(forward.missing()).containsExactly(desired.get(1));
  }

  @Test
  void countsAcceptedDuplicateAndObsoleteDocumentsAsListed() {
    // Given
    var desired = documents("a=1", "b=2", "missing=3");
    var copy = listed("copy", "a=1", null);
    var found = List.of(listed("a=1"), listed("b=2"), copy, listed("c=4"), listed("d=5"));

    // When
    var comparison = Comparison.of(desired, found);

    // Then
    assertThat(comparison.listedCount()).isEqualTo(5);
    assertThat(comparison.duplicates()).containsExactly(copy);
  }

  /** A document with the content {@code 9} and a name that the test chooses itself. */
  private static Document named(String name) {
    var like = document("x=9");
    var title = new DocumentTitle(name, TAG, like.title().contentTag(), "md");
    return new Document(name, title, like.mediaType(), like.content());
  }
}
