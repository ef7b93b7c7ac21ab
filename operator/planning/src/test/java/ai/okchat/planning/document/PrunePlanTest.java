package ai.okchat.planning.document;

import static ai.okchat.planning.document.PlannedDocuments.document;
import static ai.okchat.planning.document.PlannedDocuments.documents;
import static ai.okchat.planning.document.PlannedDocuments.list;
import static ai.okchat.planning.document.PlannedDocuments.listed;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.planning.document.IngestionPlan.Replacement;
import ai.okchat.planning.document.IngestionPlan.Rules;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Listed documents to remove: never the only version of a document, and never too many. */
class PrunePlanTest {

  private static final Rules ALL = rules(true, 100);

  @Test
  void removesNothingWhenTheListIsTheSource() {
    // When
    var plan = plan(comparison(list("a=1", "b=2"), "a=1", "b=2"), ALL);

    // Then
    assertThat(plan).isEqualTo(new PrunePlan(List.of(), List.of(), 0));
  }

  @Test
  void removesDocumentsThatTheSourceNoLongerHas() {
    // When
    var plan = plan(comparison(list("a=1", "b=2", "c=3"), "a=1"), ALL);

    // Then
    assertThat(plan).isEqualTo(new PrunePlan(List.of(), list("b=2", "c=3"), 0));
  }

  @Test
  void removesCopiesAndOldVersionsOfAcceptedDocumentsWithoutPrune() {
    // Given
    var copy = listed("copy", "a=1", null);
    var found = List.of(listed("a=1"), copy, listed("a=0"), listed("renamed=1"), listed("b=2"));

    // When
    var plan = plan(comparison(found, "a=1"), rules(false, 100));

    // Then
    assertThat(plan)
        .isEqualTo(new PrunePlan(List.of(copy, listed("a=0"), listed("renamed=1")), List.of(), 0));
  }

  @Test
  void removesCopiesWhenNothingIsObsolete() {
    // Given
    var copy = listed("copy", "a=1", null);

    // When
    var plan = plan(comparison(List.of(listed("a=1"), copy), "a=1"), rules(true, 0));

    // Then
    assertThat(plan).isEqualTo(new PrunePlan(List.of(copy), List.of(), 0));
  }

  @ParameterizedTest
  @CsvSource({
    "4, 2, 50, false",
    "4, 3, 50, true",
    "3, 2, 50, true",
    "3, 1, 33, true",
    "3, 1, 34, false",
    "100, 1, 1, false",
    "101, 1, 0, true",
    "1, 1, 99, true",
    "1, 1, 100, false"
  })
  void stopsAboveThePercentageOfListedDocuments(
      int listed, int obsolete, int percent, boolean stops) {
    // Given
    var found = IntStream.range(0, listed).mapToObj("d%1$d=%1$d"::formatted).toArray(String[]::new);
    var kept = IntStream.range(obsolete, listed).mapToObj("d%1$d=%1$d"::formatted);

    // When
    var plan = plan(comparison(list(found), kept.toArray(String[]::new)), rules(true, percent));

    // Then
    assertThat(plan)
        .isEqualTo(
            stops
                ? new PrunePlan(List.of(), List.of(), obsolete)
                : new PrunePlan(List.of(), list(found).subList(0, obsolete), 0));
  }

  @Test
  void countsCopiesAsListedDocuments() {
    // Given: two of four listed documents are obsolete.
    var copy = listed("copy", "a=1", null);
    var found = List.of(listed("a=1"), copy, listed("b=2"), listed("c=3"));

    // When
    var plan = plan(comparison(found, "a=1"), rules(true, 50));

    // Then
    assertThat(plan).isEqualTo(new PrunePlan(List.of(copy), list("b=2", "c=3"), 0));
  }

  @Test
  void removesCopiesAndOldVersionsAboveTheLimit() {
    // Given
    var copy = listed("copy", "a=1", null);
    var found = List.of(listed("a=1"), copy, listed("a=0"), listed("b=2"));

    // When
    var plan = plan(comparison(found, "a=1"), rules(true, 0));

    // Then
    assertThat(plan).isEqualTo(new PrunePlan(List.of(copy, listed("a=0")), List.of(), 1));
  }

  @Test
  void keepsListedDocumentThatIsReplaced() {
    // Given
    var replacement = new Replacement(document("new=9"), listed("b=2"));
    var comparison = comparison(list("a=1", "b=2", "c=3"), "a=1", "new=9");

    // When
    var plan = PrunePlan.of(comparison, List.of(replacement), ALL);

    // Then
    assertThat(plan).isEqualTo(new PrunePlan(List.of(), list("c=3"), 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"b=1", "B=1", "files/b=1", "renamed=2"})
  void keepsOnlyVersionOfAMissingDocument(String version) {
    // When
    var plan = plan(comparison(list("a=0", version), "a=0", "b=2"), ALL);

    // Then
    assertThat(plan).isEqualTo(new PrunePlan(List.of(), List.of(), 0));
  }

  @Test
  void keepsOldVersionOfAMissingDocumentThatHasTheContentOfAnAcceptedOne() {
    // When
    var plan = plan(comparison(list("a=1", "b=1"), "a=1", "b=2"), ALL);

    // Then
    assertThat(plan).isEqualTo(new PrunePlan(List.of(), List.of(), 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"price-list=1", "Price_List=1", "files/price-list=1"})
  void keepsListedVersionOfAFileThatCannotBeSent(String version) {
    // Given
    var rules = new Rules(true, 100, List.of("price-list"), true, Optional.empty());

    // When
    var plan = plan(comparison(list("a=0", version, "b=2"), "a=0"), rules);

    // Then
    assertThat(plan).isEqualTo(new PrunePlan(List.of(), list("b=2"), 0));
  }

  @Test
  void doesNotCountKeptDocumentsTowardTheLimit() {
    // Given: four documents are obsolete, and one of six listed documents may be removed.
    var rules = new Rules(true, 20, List.of("unusable"), true, Optional.empty());
    var replacement = new Replacement(document("new=9"), listed("replaced=4"));
    var comparison =
        comparison(
            list("a=1", "a=0", "missing=2", "unusable=3", "replaced=4", "gone=5"),
            "a=1",
            "missing=8",
            "new=9");

    // When
    var plan = PrunePlan.of(comparison, List.of(replacement), rules);

    // Then
    assertThat(plan).isEqualTo(new PrunePlan(list("a=0"), list("gone=5"), 0));
  }

  @Test
  void removesSupersededDocumentsFirst() {
    // When
    var plan = new PrunePlan(list("b=2", "a=1"), list("d=4", "c=3"), 0);

    // Then
    assertThat(plan.all()).isEqualTo(list("b=2", "a=1", "d=4", "c=3"));
  }

  private static PrunePlan plan(Comparison comparison, Rules rules) {
    return PrunePlan.of(comparison, List.of(), rules);
  }

  private static Comparison comparison(List<ListedDocument> listed, String... desired) {
    return Comparison.of(documents(desired), listed);
  }

  private static Rules rules(boolean prune, int percent) {
    return new Rules(prune, percent, List.of(), true, Optional.empty());
  }
}
