package ai.okchat.planning.document;

import static ai.okchat.planning.document.PlannedDocuments.document;
import static ai.okchat.planning.document.PlannedDocuments.documents;
import static ai.okchat.planning.document.PlannedDocuments.list;
import static ai.okchat.planning.document.PlannedDocuments.listed;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.planning.document.IngestionPlan.Replacement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pairs of documents to send with the listed documents that they replace. */
class ReplacementMatcherTest {

  @Test
  void matchesNothingWhenNoListedDocumentIsObsolete() {
    // When
    var pairs = ReplacementMatcher.of(documents("a=1"), List.of());

    // Then
    assertThat(pairs).isEmpty();
  }

  @Test
  void matchesNothingWhenNoDocumentIsSent() {
    // When
    var pairs = ReplacementMatcher.of(List.of(), list("a=1"));

    // Then
    assertThat(pairs).isEmpty();
  }

  @Test
  void matchesChangedDocumentWithItsOldVersion() {
    // When
    var pairs = ReplacementMatcher.of(documents("b=3", "a=2"), list("a=1", "b=1"));

    // Then
    assertThat(pairs).containsExactly(pair("b=3", "b=1"), pair("a=2", "a=1"));
  }

  @Test
  void matchesRenamedDocumentWithItsOldName() {
    // When
    var pairs = ReplacementMatcher.of(documents("new=1"), list("other=2", "old=1"));

    // Then
    assertThat(pairs).containsExactly(pair("new=1", "old=1"));
  }

  @Test
  void matchesNothingWithAnotherNameAndAnotherContent() {
    // When
    var pairs = ReplacementMatcher.of(documents("a=1"), list("b=2"));

    // Then
    assertThat(pairs).isEmpty();
  }

  @Test
  void matchesNamesBeforeContents() {
    // Given: the content of the first document is listed under the name of the second one.
    var sent = documents("new=1", "a=2");

    // When
    var pairs = ReplacementMatcher.of(sent, list("a=1"));

    // Then
    assertThat(pairs).containsExactly(pair("a=2", "a=1"));
  }

  @Test
  void matchesByContentWhatIsLeftAfterTheNames() {
    // Given
    var sent = documents("new=1", "a=2");

    // When
    var pairs = ReplacementMatcher.of(sent, list("a=1", "old=1"));

    // Then
    assertThat(pairs).containsExactly(pair("a=2", "a=1"), pair("new=1", "old=1"));
  }

  @Test
  void matchesADocumentOnceWhenItsNameAndItsContentAreListedApart() {
    // When
    var pairs = ReplacementMatcher.of(documents("a=2"), list("a=1", "old=2"));

    // Then
    assertThat(pairs).containsExactly(pair("a=2", "a=1"));
  }

  @Test
  void matchesAListedDocumentOnceWhenTwoDocumentsHaveItsContent() {
    // When
    var pairs = ReplacementMatcher.of(documents("new=1", "newer=1"), list("old=1"));

    // Then
    assertThat(pairs).containsExactly(pair("new=1", "old=1"));
  }

  @Test
  void matchesAListedDocumentOnceWhenItHasTwoLikelyNames() {
    // When
    var pairs = ReplacementMatcher.of(documents("hours=2", "faq-hours=3"), list("faq/hours=1"));

    // Then
    assertThat(pairs).containsExactly(pair("hours=2", "faq/hours=1"));
  }

  @Test
  void matchesTheOldestOfSeveralOldVersions() {
    // Given
    var oldest = listed("1", "a=1", null);
    var newest = listed("2", "a=2", null);

    // When
    var pairs = ReplacementMatcher.of(documents("a=3"), List.of(oldest, newest));

    // Then
    assertThat(pairs).containsExactly(new Replacement(document("a=3"), oldest));
  }

  @Test
  void matchesCopiesOfOneContentWithOneDocumentEach() {
    // When
    var pairs = ReplacementMatcher.of(documents("x=1", "y=1"), list("a=1", "b=1", "c=1"));

    // Then
    assertThat(pairs).containsExactly(pair("x=1", "a=1"), pair("y=1", "b=1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Opening_Hours=1", "opening hours=1", "files/OPENING.HOURS=1"})
  void matchesOldVersionWhoseNameTheBackendChanged(String old) {
    // When
    var pairs = ReplacementMatcher.of(documents("opening-hours=2"), list(old));

    // Then
    assertThat(pairs).containsExactly(pair("opening-hours=2", old));
  }

  private static Replacement pair(String sent, String replaced) {
    return new Replacement(document(sent), listed(replaced));
  }
}
